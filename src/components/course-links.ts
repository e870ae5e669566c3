import { withBase } from '../markdown/base-links.ts';
import { basePath } from '../site.ts';

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
