// Reads the pages with cells or tasks from content/, without Astro.
import type { Cell } from '../cells/cell.ts';
import type { Task } from '../cells/task.ts';
import { parseActivities } from '../cells/text/chapter.ts';
import { top } from '../paths.ts';
import { imageOfPage } from './page-image.ts';
import { findPages, readPage } from './read-pages.ts';

/** A page with its cells and tasks. */
export interface PageOfCells {
  /** The page below content/, without `.mdx`. */
  name: string;
  file: string;
  title: string;
  /** Address below the site's base, with a slash at the end; empty for the home page. */
  address: string;
  /** The image on which they run. */
  image: string;
  cells: Cell[];
  tasks: Task[];
}

/** Reads one page with its cells, by its path below `root`. Throws an AuthorError for a mistake in it. */
export function pageOfCells(path: string, root = top): PageOfCells {
  const { name, file, frontmatter, text } = readPage(path, root);
  const address = name === 'index' ? '' : `${name}/`;
  const title = String(frontmatter['title']);
  const activities = parseActivities(file, text);
  const cells = activities.filter((activity) => activity.kind === 'cell');
  const tasks = activities.filter((activity) => activity.kind === 'task');
  const image = imageOfPage(frontmatter);
  return { name, file, title, address, image, cells, tasks };
}

/** Reads all pages with cells or tasks. Throws an AuthorError for a mistake in one. */
export function coursePages(root = top): PageOfCells[] {
  return findPages(root)
    .map((file) => pageOfCells(file, root))
    .filter(({ cells, tasks }) => cells.length + tasks.length > 0);
}
