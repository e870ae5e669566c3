// The pages that have cells, read from content/ without Astro.
import type { Activity } from '../cells/activity.ts';
import { parseChapter } from '../cells/text/chapter.ts';
import { readPages } from './read-course.ts';

/** A page and its cells. */
export interface PageOfCells {
  /** The page below content/, without `.mdx`. */
  name: string;
  file: string;
  title: string;
  /** Below the site's base, with a slash at its end; empty for the first page. */
  address: string;
  cells: Activity[];
}

/** All pages that have cells. Throws an AuthorError for a mistake in one. */
export function coursePages(): PageOfCells[] {
  return readPages()
    .map(({ name, frontmatter, text }) => {
      const file = `content/${name}.mdx`;
      const address = name === 'index' ? '' : `${name}/`;
      const title = String(frontmatter['title']);
      return { name, file, title, address, cells: parseChapter(file, text) };
    })
    .filter(({ cells }) => cells.length > 0);
}
