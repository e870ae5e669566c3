// Reads the pages of content/ without Astro.
import { parseFrontmatter } from 'astro/markdown';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../paths.ts';

/** A page of content/. */
export interface CoursePage {
  /** Its path below content/, without `.mdx`. */
  name: string;
  /** Its path below the top folder. */
  file: string;
  frontmatter: Record<string, unknown>;
  /** The file with empty lines in place of the frontmatter, so that line numbers stay correct. */
  text: string;
}

/** The paths of all pages below `root`, with slashes, in alphabetical order. */
export function findPages(root = top): string[] {
  return readdirSync(join(root, 'content'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.mdx'))
    .map((path) => `content/${path.replaceAll('\\', '/')}`)
    .sort();
}

/** The name of a page: its path below content/, without `.mdx`. */
export function pageName(file: string): string {
  return file.replace(/^content\//, '').replace(/\.mdx$/, '');
}

/** Reads one page. Throws when there is no such file. */
export function readPage(file: string, root = top): CoursePage {
  const source = readFileSync(join(root, file), 'utf8');
  const options = { frontmatter: 'empty-with-lines' } as const;
  const { frontmatter, content } = parseFrontmatter(source, options);
  return { name: pageName(file), file, frontmatter, text: content };
}

/** All pages of content/. */
export function readPages(root = top): CoursePage[] {
  return findPages(root).map((file) => readPage(file, root));
}
