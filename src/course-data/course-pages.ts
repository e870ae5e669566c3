// Reads the pages with cells from content/, without Astro.
import type { Activity } from '../cells/activity.ts';
import { parseChapter } from '../cells/text/chapter.ts';
import { top } from '../paths.ts';
import { findPages, readPage } from './read-pages.ts';

/** A page and its cells. */
export interface PageOfCells {
  /** The page below content/, without `.mdx`. */
  name: string;
  file: string;
  title: string;
  /** Address below the site's base, with a slash at the end; empty for the home page. */
  address: string;
  cells: Activity[];
}

/** Reads one page with its cells, by its path below `root`. Throws an AuthorError for a mistake in it. */
export function pageOfCells(path: string, root = top): PageOfCells {
  const { name, file, frontmatter, text } = readPage(path, root);
  const address = name === 'index' ? '' : `${name}/`;
  const title = String(frontmatter['title']);
  return { name, file, title, address, cells: parseChapter(file, text) };
}

/** Reads all pages with cells. Throws an AuthorError for a mistake in one. */
export function coursePages(root = top): PageOfCells[] {
  return findPages(root)
    .map((file) => pageOfCells(file, root))
    .filter(({ cells }) => cells.length > 0);
}
