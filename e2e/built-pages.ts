// Tests run on all built pages, so a new page needs no new line here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPages } from '../scripts/site/list-pages.ts';

/** One page of the built site: its address below the base path, and its title. */
export interface BuiltPage {
  path: string;
  title: string;
}

/** All pages of the built site. */
export const builtPages: readonly BuiltPage[] = (await listPages('dist')).map((file) => ({
  path: file.replace(/index\.html$/, ''),
  title: /<title>([^<]*)/.exec(readFileSync(join('dist', file), 'utf8'))?.[1] ?? '',
}));
