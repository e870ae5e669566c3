// Reads what is in content/ without Astro, for the tests.
import { parseFrontmatter } from 'astro/markdown';
import type { z } from 'astro/zod';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { comparisonSchema } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import { sourceSchema } from './source.ts';
import { termSchema } from './term.ts';
import { timelineSchema } from './timeline.ts';

/** A page of content/: its path below it without `.mdx`, its frontmatter, and its text after that. */
export interface CoursePage {
  name: string;
  frontmatter: Record<string, unknown>;
  text: string;
}

/** The data of content/, each by the name of its file. */
export function readCourse() {
  return {
    sources: readFolder('sources', sourceSchema),
    terms: readFolder('terms', termSchema),
    timelines: readFolder('timelines', timelineSchema),
    comparison: readComparison(),
  };
}

/** All pages of content/. */
export function readPages(): CoursePage[] {
  const files = readdirSync('content', { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.mdx'))
    .sort()
    .map((file) => {
      const { frontmatter, content } = parseFrontmatter(readFileSync(`content/${file}`, 'utf8'));
      const name = file.replaceAll('\\', '/').replace(/\.mdx$/, '');
      return { name, frontmatter, text: content };
    });
}

function readComparison(): Comparison | undefined {
  const file = 'content/comparison.yaml';
  return existsSync(file) ? comparisonSchema.parse(readYaml(file)) : undefined;
}

function readFolder<Schema extends z.ZodType>(folder: string, schema: Schema) {
  const files = existsSync(`content/${folder}`) ? readdirSync(`content/${folder}`) : [];
  const entries = files.map((file): [string, z.infer<Schema>] => [
    basename(file, '.yaml'),
    schema.parse(readYaml(`content/${folder}/${file}`)),
  ]);
  return new Map(entries);
}

// Frontmatter is YAML between two lines, and Astro reads data files in the same way.
function readYaml(file: string): unknown {
  return parseFrontmatter(`---\n${readFileSync(file, 'utf8')}\n---\n`).frontmatter;
}
