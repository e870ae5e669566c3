// Finds all mistakes in content/ and in the navigation, in one pass and without Astro.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '../../site.config.ts';
import { collect } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';
import { findPages, pageName } from '../course-data/read-pages.ts';
import { top } from '../paths.ts';
import { readCourseIndex } from './course-index.ts';
import { checkDataFile } from './data-files.ts';
import { nameMistakes } from './names.ts';
import { pageMistakes } from './page-mistakes.ts';
import { sidebarMistakes } from './sidebar.ts';
import type { Entry } from './sidebar.ts';
import { uncitedSources } from './uncited-sources.ts';
import { unreadFiles } from './unread-files.ts';

/** All mistakes below `root`: those of the navigation, of the data files, of sources that nothing cites, of files
 * that the site does not read, and of names, then those of the pages. */
export function contentMistakes(root = top, sidebar: readonly Entry[] = config.sidebar): Mistake[] {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const index = readCourseIndex(root);
  const pages = findPages(root);
  const files = filesBelow(root);
  const data = files.filter((file) => file.endsWith('.yaml'));
  const found = sidebarMistakes(sidebar, read('site.config.ts'), pages.map(pageName));
  for (const file of data) collect(found, () => checkDataFile(file, read(file), index));
  return [
    ...found,
    ...uncitedSources(index.entries.sources, [...pages, ...data].map(read)),
    ...unreadFiles(files),
    ...nameMistakes([...pages, ...data], read),
    ...pages.flatMap((file) => pageMistakes(file, read(file), index)),
  ];
}

function filesBelow(root: string): string[] {
  return readdirSync(join(root, 'content'), { recursive: true, encoding: 'utf8' })
    .map((path) => `content/${path.replaceAll('\\', '/')}`)
    .filter((path) => !path.includes('/.'))
    .sort();
}
