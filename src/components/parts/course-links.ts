import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { withBase } from '../../with-base.ts';
import { basePath } from '../../site.ts';

/** The address of a source in the bibliography. */
export function sourceAddress(id: string): string {
  return withBase(`/references/#${id}`, basePath);
}

/** The address of a term in the glossary. */
export function termAddress(id: string): string {
  return withBase(`/references/#${termAnchor(id)}`, basePath);
}

/** The id of a term's entry in the glossary. Those of sources have no prefix. */
export function termAnchor(id: string): string {
  return `term-${id}`;
}

/** The address of a cell. `page` is below the base and ends in a slash. */
export function cellAddress(page: string, id: string): string {
  return withBase(`/${page}#${id}`, basePath);
}

/** Returns a function that finds a page's position in the navigation, by its address below the base. */
export function readingOrder(sidebar: StarlightRouteData['sidebar']): (page: string) => number {
  const addresses = sidebar
    .flatMap((entry) => (entry.type === 'group' ? entry.entries : [entry]))
    .map((entry) => (entry.type === 'link' ? entry.href : ''));
  return (page) => addresses.indexOf(withBase(`/${page}`, basePath));
}
