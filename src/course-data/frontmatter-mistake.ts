// The mistake of a page whose frontmatter does not match its schema.
import { AuthorError } from '../author-error.ts';
import { checkChapterFields } from './chapter-frontmatter.ts';

interface Complaint {
  field: string;
  reason: string;
}

/** Throws an AuthorError if a page has no title, or wrong fields of the course. Needs no Astro. */
export function checkPageFields(
  name: string,
  file: string,
  frontmatter: Record<string, unknown>,
  source: string,
): void {
  const title = frontmatter['title'];
  const hasTitle = typeof title === 'string' && title.trim();
  const complaints = [
    ...(hasTitle ? [] : [title === undefined ? 'title: Required' : 'title: Write a text']),
    ...checkChapterFields(name, frontmatter),
  ];
  if (!complaints.length) return;
  throw explain(
    complaints.map((each) => ({
      field: each.slice(0, each.indexOf(': ')),
      reason: each.slice(each.indexOf(': ') + 2),
    })),
    source,
    file,
  );
}

/** Turns the error of Astro's schema into a mistake with the line of the field and the next step. */
export function explainFrontmatter(error: Error, source: string, file: string): AuthorError {
  // Astro's message has one line per field: `  **title**: **title**: Required`.
  const found = error.message.matchAll(/^ +\*\*([\w.]+)\*\*: (?:\*\*[\w.]+\*\*: )?(.+)$/gm);
  const complaints = [...found].map(([, field = '', reason = '']) => ({ field, reason }));
  return explain(complaints, source, file, error);
}

function explain(
  complaints: readonly Complaint[],
  source: string,
  file: string,
  cause?: Error,
): AuthorError {
  const list = complaints.map(({ field, reason }) => `\`${field}\`: ${reason}`).join('; ');
  const first = complaints[0]?.field ?? '';
  const line = lineOfField(source, first);
  return new AuthorError(
    {
      name: 'BadFrontmatter',
      title: 'The frontmatter of a page does not match its schema',
      message: `The frontmatter of this page does not match its schema. ${list || cause?.message}`,
      hint: line
        ? `Correct \`${first}\` between the two \`---\` lines.`
        : `Add a line \`${first}: …\` between the two \`---\` lines at the top of the file.`,
      position: { file, line: line || 1, column: 1 },
    },
    { cause },
  );
}

function lineOfField(source: string, field: string): number {
  const key = field.split('.')[0];
  return source.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1;
}
