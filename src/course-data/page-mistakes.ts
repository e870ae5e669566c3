// Mistakes in a page that show only when it is compared with the rest of the course: broken links, sources that do not
// exist, pages that are not in the navigation. Images without a text are here too, since nothing else checks images.
import Slugger from 'github-slugger';
import type { MdastNode } from 'satteri';
import { AuthorError, findMistake } from '../author-error.ts';
import { activitiesOfTree } from '../cells/text/chapter.ts';
import { parseTree } from '../cells/text/fences.ts';
import { isElement, nodesOf, textOf } from '../markdown-nodes.ts';
import { nearest } from '../nearest.ts';
import type { Course } from './course.ts';
import type { CoursePage } from './read-pages.ts';
import { noSuchEntry } from './unknown-entry.ts';
import type { DataFolder } from './unknown-entry.ts';

/** The components that name a data file by their `id`, and its folder. */
const USES: Record<string, DataFolder> = { Cite: 'sources', Term: 'terms', Timeline: 'timelines' };

/** Components that add ids to a page that are not in its text. The check of the built site knows these ids. */
const WITH_IDS = new Set([
  'Bibliography',
  'CellResults',
  'ComparisonTable',
  'Glossary',
  'Timeline',
]);

/** The mistakes of a page, in the order of its lines. `root` is its tree with positions, `text` its source. */
export function pageMistakes(
  root: Readonly<MdastNode>,
  page: Pick<CoursePage, 'name' | 'file' | 'text'>,
  { pages, inSidebar, entries }: Course,
): AuthorError[] {
  const mistakes = [...nodesOf(root)].flatMap((node) => {
    const { line = 1, column = 1 } = node.position?.start ?? {};
    const position = { file: page.file, line, column };
    const use = useOf(node);
    if (use && !entries[use.folder].includes(use.id))
      return [noSuchEntry(use.folder, use.id, entries[use.folder], position)];
    const fault = faultOf(node, page, root, pages);
    return fault ? [new AuthorError({ ...fault, position })] : [];
  });
  // No link leads to the page for wrong addresses.
  if (page.name !== '404' && !inSidebar.includes(page.name)) mistakes.unshift(notInSidebar(page));
  return mistakes;
}

/** The data file that a component names, if the name is written out. */
function useOf(node: Readonly<MdastNode>): { folder: DataFolder; id: string } | undefined {
  if (!isElement(node)) return undefined;
  const folder = USES[node.name ?? ''];
  const id = node.attributes.find(
    (each) => each.type === 'mdxJsxAttribute' && each.name === 'id',
  )?.value;
  return folder && typeof id === 'string' ? { folder, id } : undefined;
}

function notInSidebar({ name, file }: Pick<CoursePage, 'name' | 'file'>): AuthorError {
  return new AuthorError({
    name: 'NotInSidebar',
    title: 'A page is not in the navigation',
    message: 'Readers cannot find this page, because it is not in the navigation.',
    hint: `Add '${name}' to the sidebar in site.config.ts.`,
    position: { file, line: 1 },
  });
}

type Fault = Pick<AuthorError['mistake'], 'name' | 'title' | 'message' | 'hint'>;

function faultOf(
  node: Readonly<MdastNode>,
  page: Pick<CoursePage, 'name' | 'text' | 'file'>,
  root: Readonly<MdastNode>,
  pages: readonly CoursePage[],
): Fault | undefined {
  if (node.type === 'image' && !node.alt?.trim()) return withoutAlt(node.url);
  if (node.type !== 'link' && node.type !== 'definition') return undefined;
  const [path = '', id] = node.url.split('#');
  if (path === '' && id !== undefined) return idFault(id, page, root);
  if (!path.startsWith('/') || path.startsWith('//')) return undefined;
  const name = path.replace(/^\/|\/$/g, '') || 'index';
  const target = pages.find((candidate) => candidate.name === name);
  // Other files, such as pictures, are known only in the built site.
  if (!target) return /\.\w+$/.test(path) ? undefined : noSuchPage(path, pages);
  if (!path.endsWith('/')) return unslashed(path);
  return id === undefined ? undefined : idFault(id, target, parseTree(target.file, target.text));
}

function withoutAlt(url: string): Fault {
  return {
    name: 'NoAlt',
    title: 'An image has no text alternative',
    message: `The image ${url} has no text for readers who cannot see it.`,
    hint: 'Describe what it shows: ![a short text](…).',
  };
}

function broken(message: string, hint: string): Fault {
  return { name: 'BrokenLink', title: 'A link leads to nothing', message, hint };
}

function noSuchPage(path: string, pages: readonly CoursePage[]): Fault {
  const addresses = pages.map(({ name }) => (name === 'index' ? '/' : `/${name}/`));
  const meant = nearest(path, addresses);
  const known = `The pages are ${addresses.join(', ')}.`;
  return broken(`There is no page ${path}.`, meant ? `Did you mean ${meant}?` : known);
}

function unslashed(path: string): Fault {
  return broken(`The address ${path} has no slash at its end.`, `Write ${path}/.`);
}

function idFault(
  id: string,
  page: Pick<CoursePage, 'file' | 'text'>,
  root: Readonly<MdastNode>,
): Fault | undefined {
  const nodes = [...nodesOf(root)];
  if (nodes.some((node) => isElement(node) && WITH_IDS.has(node.name ?? ''))) return undefined;
  const slugger = new Slugger();
  const headings = nodes.flatMap((node) =>
    node.type === 'heading' ? [slugger.slug(textOf(node))] : [],
  );
  const ids = [...headings, ...cellIds(root, page)];
  if (id === '' || id === 'top' || ids.includes(decodeURIComponent(id))) return undefined;
  const meant = nearest(id, ids);
  return broken(
    `${page.file} has no heading and no cell with the id "${id}".`,
    meant
      ? `Did you mean "#${meant}"?`
      : `It has ${ids.map((each) => `#${each}`).join(', ') || 'none'}.`,
  );
}

/** The ids of a page's cells. A page whose cells cannot be read has none; that mistake is reported for itself. */
function cellIds(root: Readonly<MdastNode>, { file, text }: Pick<CoursePage, 'file' | 'text'>) {
  try {
    return activitiesOfTree(root, file, text).map(({ id }) => id);
  } catch (error) {
    if (findMistake(error)) return [];
    throw error;
  }
}
