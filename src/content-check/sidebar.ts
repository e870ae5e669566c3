// Compares the navigation of site.config.ts with the pages.
import { positionAt } from '../author-error.ts';
import type { Mistake, Position } from '../author-error.ts';
import { pageName } from '../course-data/read-pages.ts';
import { nearest } from '../nearest.ts';

const CONFIG = 'site.config.ts';
/** Hosts show it in place of a page that does not exist. */
const UNLISTED = '404';

/** An entry of the navigation: a page's name, or a group. */
export type Entry = string | { slug?: string; items?: readonly Entry[] };

/** The mistakes of the navigation: entries without a page, and pages without an entry. */
export function sidebarMistakes(
  sidebar: readonly Entry[],
  config: string,
  pages: readonly string[],
): Mistake[] {
  const listed = sidebar.flatMap(namesIn);
  const dead = listed.filter((name) => !pages.includes(name));
  const missing = pages.filter((name) => name !== UNLISTED && !listed.includes(name));
  const repeated = listed.filter((name, place) => listed.indexOf(name) < place);
  return [
    ...repeated.map((name) => repeatedEntry(name, placeOf(name, config, 'last'))),
    ...dead.map((name) => deadEntry(name, placeOf(name, config), pages)),
    ...missing.map((name) => missingEntry(name, config)),
  ];
}

/** The mistake of a page whose name is nowhere in the text of site.config.ts. */
export function unlistedPage(file: string, config: string): Mistake[] {
  const name = pageName(file);
  return name === UNLISTED || quoted(name).test(config) ? [] : [missingEntry(name, config)];
}

function namesIn(entry: Entry): string[] {
  if (typeof entry === 'string') return [entry];
  return [
    ...(entry.slug === undefined ? [] : [entry.slug]),
    ...(entry.items ?? []).flatMap(namesIn),
  ];
}

function placeOf(name: string, config: string, which: 'first' | 'last' = 'first'): Position {
  const found = [...config.matchAll(new RegExp(quoted(name), 'g'))];
  const at = (which === 'first' ? found[0] : found.at(-1))?.index ?? 0;
  return positionAt(CONFIG, config, at);
}

function quoted(name: string): RegExp {
  return new RegExp(`['"\`]${RegExp.escape(name)}['"\`]`);
}

function repeatedEntry(name: string, position: Position): Mistake {
  return {
    name: 'RepeatedPage',
    title: 'The navigation lists a page twice',
    message: `The navigation lists "${name}" twice, so the page would have two places in the order.`,
    hint: 'Remove one of the two entries.',
    position,
  };
}

function deadEntry(name: string, position: Position, pages: readonly string[]): Mistake {
  const meant = nearest(name, pages);
  return {
    name: 'UnknownPage',
    title: 'The navigation lists a page that does not exist',
    message: `The navigation lists "${name}", but content/${name}.mdx does not exist.`,
    hint: `${meant ? `Did you mean "${meant}"? If not, write` : 'Write'} that file, or remove the entry.`,
    position,
  };
}

function missingEntry(name: string, config: string): Mistake {
  const { line } = positionAt(CONFIG, config, Math.max(0, config.indexOf('sidebar:')));
  return {
    name: 'PageNotListed',
    title: 'A page is missing from the navigation',
    message: 'This page is not in the navigation, so readers cannot find it.',
    hint: `Add '${name}' to \`sidebar\` (${CONFIG}:${line}).`,
    position: { file: `content/${name}.mdx`, line: 1, column: 1 },
  };
}
