// Finds all mistakes in content/ and in the navigation, in one pass and without Astro.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '../../site.config.ts';
import { collect } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';
import { pageName } from '../course-data/read-pages.ts';
import { top } from '../paths.ts';
import { readCourseIndex } from './course-index.ts';
import { checkDataFile } from './data-files.ts';
import { nameMistakes } from './names.ts';
import { pageMistakes } from './page-mistakes.ts';
import { sidebarMistakes } from './sidebar.ts';
import type { Entry } from './sidebar.ts';
import { unreadFiles } from './unread-files.ts';
import { unusedEntries } from './unused-entries.ts';

/**
 * All mistakes below `root`: those of the navigation and the data files, sources and timelines that nothing uses, files that the site does not
 * read, shared or awkward names, then those of the pages.
 */
export function contentMistakes(root = top, sidebar: readonly Entry[] = config.sidebar): Mistake[] {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const index = readCourseIndex(root);
  const files = filesBelow(root);
  const unread = unreadFiles(files);
  const isUnread = (file: string) => unread.some(({ position }) => position.file === file);
  const allPages = files.filter((file) => file.endsWith('.mdx'));
  const pages = allPages.filter((file) => !isUnread(file));
  const data = files.filter((file) => file.endsWith('.yaml'));
  const found = sidebarMistakes(sidebar, read('site.config.ts'), allPages.map(pageName));
  for (const file of data) collect(found, () => checkDataFile(file, read(file), index));
  const inPages = pages.flatMap((file) => pageMistakes(file, read(file), index));
  // A file that is not in UTF-8 may cite sources that cannot be read.
  const isReadable = ![...found, ...inPages].some(({ name }) => name === 'BadEncoding');
  return [
    // A page that has to move will have another name in the navigation.
    ...found.filter(({ position }) => !isUnread(position.file)),
    ...(isReadable ? unusedEntries(index.entries, [...pages, ...data].map(read)) : []),
    ...unread,
    ...nameMistakes([...pages, ...data], read),
    ...inPages,
  ];
}

function filesBelow(root: string): string[] {
  return readdirSync(join(root, 'content'), { recursive: true, encoding: 'utf8' })
    .map((path) => `content/${path.replaceAll('\\', '/')}`)
    .filter((path) => !path.includes('/.'))
    .sort();
}
