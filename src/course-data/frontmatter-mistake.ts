// The mistakes in the frontmatter of a page.
import { docsSchema } from '@astrojs/starlight/schema';
import { z } from 'astro/zod';
import { throwMistakes } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';
import { nearest } from '../nearest.ts';
import { chapterFields, checkChapterFields } from './chapter-frontmatter.ts';
import { describeIssue } from './describe-issue.ts';
import { imageField, imageOfPage } from './page-image.ts';
import { readFrontmatter } from './yaml.ts';

/** The fields that each page can have. Only Astro can read images. */
const siteFields = docsSchema()({ image: () => z.any() as never }) as z.ZodObject;
const pageFields = siteFields
  .extend({ title: z.string().regex(/\S/, 'Write a title'), image: imageField() })
  .strict();
const courseFields = Object.keys(chapterFields.shape);
const known = [...Object.keys(pageFields.shape), ...courseFields];

/** Throws one AuthorError for all wrong fields of a page's frontmatter. Needs no Astro. */
export function checkPageFields(
  name: string,
  file: string,
  frontmatter: Record<string, unknown>,
  source: string,
): void {
  const others = Object.entries(frontmatter).filter(([field]) => !courseFields.includes(field));
  const { error } = pageFields.safeParse(Object.fromEntries(others));
  const complaints = [
    ...(error?.issues ?? []).flatMap(describe),
    ...checkChapterFields(name, frontmatter),
  ];
  throwMistakes(complaints.map((complaint) => explain(complaint, source, file)));
}

/** The image that a page names, or the default one. Throws an AuthorError if there is no such image. */
export function readPageImage(file: string, source: string): string {
  const { frontmatter } = readFrontmatter(file, source);
  const { error } = imageField().safeParse(frontmatter['image']);
  const complaints = (error?.issues ?? []).map((issue) => `image: ${describeIssue(issue)}`);
  throwMistakes(complaints.map((complaint) => explain(complaint, source, file)));
  return imageOfPage(frontmatter);
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys')
    return [`${issue.path.join('.')}: ${describeIssue(issue)}`];
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return `${key}: There is no such field${meant ? `. Did you mean \`${meant}\`?` : ''}`;
  });
}

/** A complaint is `field: reason`. */
function explain(complaint: string, source: string, file: string): Mistake {
  const [field = ''] = complaint.split(': ', 1);
  const line = lineOfField(source, field);
  return {
    name: 'BadFrontmatter',
    title: 'The frontmatter of a page does not match its schema',
    message: `The frontmatter of this page has a mistake in \`${field}\`: ${complaint.slice(field.length + 2)}`,
    hint: line
      ? `Correct \`${field}\` between the two \`---\` lines.`
      : `Add a line \`${field}: …\` between the two \`---\` lines at the top of the file.`,
    position: { file, line: line || 1, column: 1 },
  };
}

function lineOfField(source: string, field: string): number {
  const key = field.split('.')[0];
  return source.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1;
}
