// Checks the links in the source of a page. The check of the built site (scripts/site/) finds those of components.
import type { MdastNode } from 'satteri';
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { nearest } from '../nearest.ts';
import { basePath } from '../site.ts';
import type { CourseIndex } from './course-index.ts';
import { attributeOf, isJsx } from './jsx.ts';

/** Throws an AuthorError if a node is a broken link. */
export function checkLink(node: Readonly<MdastNode>, position: Position, index: CourseIndex): void {
  const address = addressIn(node);
  if (address !== undefined) checkAddress(address, position, index);
}

/** Throws an AuthorError if a link to this address is broken. */
export function checkAddress(address: string, position: Position, index: CourseIndex): void {
  const fault = findFault(address, position.file, index);
  if (!fault) return;
  throw new AuthorError({
    name: 'BrokenLink',
    title: 'A link is broken',
    message: `The link ${address ? `to ${address} ` : ''}${fault.reason}.`,
    hint: fault.hint,
    position,
  });
}

function addressIn(node: Readonly<MdastNode>): string | undefined {
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition') return node.url;
  if (!isJsx(node)) return undefined;
  if (node.name === 'a') return attributeOf(node, 'href');
  return node.name === 'img' ? attributeOf(node, 'src') : undefined;
}

/** The number of ids in a hint. */
const MOST = 12;

interface Fault {
  reason: string;
  hint: string;
}

function findFault(address: string, file: string, index: CourseIndex): Fault | undefined {
  if (/^(?:https:|mailto:)/.test(address)) return undefined;
  if (/^(?:http:|\/\/)/.test(address)) {
    return { reason: 'is not encrypted', hint: 'Use https:// instead.' };
  }
  if (!address) return { reason: 'has no address', hint: 'Write it between the parentheses.' };
  const [whole = '', id = ''] = address.split('#');
  const path = withoutBase(whole.replace(/\?.*$/, ''));
  if (path && !path.startsWith('/')) {
    const fromTop = `/${path.replace(/^[./]+/, '')}`;
    const known = suggest(fromTop, [...index.pages.keys()]);
    const example = isFile(path) ? `${fromTop}, for the file public${fromTop}` : '/chapters/x/';
    return {
      reason: 'does not begin with a slash',
      hint: known ?? `Write the path from the root of the site: ${example}.`,
    };
  }
  const target = path ? index.pages.get(path) : file;
  if (target === undefined) {
    if (index.hasFile(path) && !path.endsWith('/')) return undefined;
    return isFile(path)
      ? { reason: 'leads to no file', hint: `Correct the path, or add the file public${path}.` }
      : { reason: 'leads to no page', hint: suggestPage(path, index) };
  }
  const ids = index.idsOn(target);
  if (!id || !ids || ids.has(id) || ids.has(decoded(id))) return undefined;
  const hint = suggest(id, [...ids], '#') ?? `The ids on that page are ${listOf([...ids])}.`;
  return { reason: `leads to an id that ${target} does not have`, hint };
}

/** Whether an address is that of a file, and not of a page: '/lock.svg'. */
function isFile(path: string): boolean {
  return /\.\w+$/.test(path) && !/\.mdx?$/.test(path);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    // A percent sign without its two digits stands for itself.
    return id;
  }
}

function listOf(ids: readonly string[]): string {
  return ids.length > MOST ? `${ids.slice(0, MOST).join(', ')}, …` : ids.join(', ');
}

function withoutBase(path: string): string {
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

function suggestPage(path: string, { pages }: CourseIndex): string {
  const addresses = [...pages.keys()];
  if (pages.has(`${path}/`)) return `Add a slash at the end: ${path}/`;
  const last = addresses.find((each) => each.endsWith(`/${path.split('/').findLast(Boolean)}/`));
  if (last) return `Did you mean ${last}?`;
  return suggest(path, addresses) ?? `The pages are ${addresses.join(', ')}.`;
}

function suggest(word: string, known: readonly string[], before = ''): string | undefined {
  const meant = nearest(word, known);
  return meant && `Did you mean ${before}${meant}?`;
}
