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

/** The id of a term's place in the glossary; sources have theirs without the prefix. */
export function termAnchor(id: string): string {
  return `term-${id}`;
}

/** The address of a cell; that of its page is below the base, with a slash at its end. */
export function cellAddress(page: string, id: string): string {
  return withBase(`/${page}#${id}`, basePath);
}

/** Tells the place of a page, by its address below the base, in the order of the navigation. */
export function readingOrder(sidebar: StarlightRouteData['sidebar']): (page: string) => number {
  const addresses = sidebar
    .flatMap((entry) => (entry.type === 'group' ? entry.entries : [entry]))
    .map((entry) => (entry.type === 'link' ? entry.href : ''));
  return (page) => addresses.indexOf(withBase(`/${page}`, basePath));
}
