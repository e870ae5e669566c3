// The things that pages can refer to: other pages, their ids, and the files of content/.
import type { MdastNode } from 'satteri';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect } from '../author-error.ts';
import { nodesIn, readTree } from '../cells/text/tree.ts';
import { comparisonRowId, comparisonSchema } from '../course-data/comparison.ts';
import { findPages, pageName } from '../course-data/read-pages.ts';
import type { DataFolder } from '../course-data/unknown-entry.ts';
import { readYaml } from '../course-data/yaml.ts';
import { top } from '../paths.ts';
import { headingIds } from './headings.ts';
import { attributeOf, isJsx } from './jsx.ts';

export interface CourseIndex {
  /** The folder of the project. */
  root: string;
  /** The file of each page, by its address below the site's base: '/chapters/x/'. */
  pages: ReadonlyMap<string, string>;
  /** The ids of the data files. */
  entries: Readonly<Record<DataFolder, readonly string[]>>;
  /** The ids on a page to which links can lead; undefined if the page cannot be read. */
  idsOn: (file: string) => ReadonlySet<string> | undefined;
  /** Whether the site has this file besides its pages, by its address below the base. */
  hasFile: (address: string) => boolean;
}

/** Reads the index. The ids of a page are read when a link leads to it. */
export function readCourseIndex(root = top): CourseIndex {
  const entries = {
    sources: idsOfFolder(root, 'sources'),
    terms: idsOfFolder(root, 'terms'),
    timelines: idsOfFolder(root, 'timelines'),
  };
  const files = findPages(root);
  const pages = new Map(files.map((file) => [addressOf(file), file]));
  pages.delete('/404/');
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const idsOn = (file: string) => {
    if (!known.has(file)) {
      const source = readFileSync(join(root, file), 'utf8');
      known.set(
        file,
        collect([], () => idsOf(file, source, { root, entries, files })),
      );
    }
    return known.get(file);
  };
  return {
    root,
    pages,
    entries,
    idsOn,
    hasFile: (address) => existsSync(join(root, 'public', address)),
  };
}

function addressOf(file: string): string {
  const name = pageName(file);
  return name === 'index' ? '/' : `/${name}/`;
}

function idsOfFolder(root: string, folder: DataFolder): string[] {
  const path = join(root, 'content', folder);
  const files = existsSync(path) ? readdirSync(path) : [];
  return files.filter((name) => name.endsWith('.yaml')).map((name) => name.replace(/\.yaml$/, ''));
}

/** The parts of the course that decide which ids the components of a page have. */
interface Course {
  root: string;
  entries: CourseIndex['entries'];
  /** The files of all pages. */
  files: readonly string[];
}

function idsOf(file: string, source: string, course: Course): ReadonlySet<string> {
  // Browsers scroll to the top for the first, and Starlight gives the second to each title.
  const ids = new Set(['top', '_top', ...headingIds(file, source)]);
  for (const node of nodesIn(readTree(file, source))) {
    for (const id of idsOfNode(node, course)) ids.add(id);
  }
  return ids;
}

function idsOfNode(node: Readonly<MdastNode>, { root, entries, files }: Course): readonly string[] {
  // Read without the other options, so that a mistake in one does not cause link mistakes.
  if (node.type === 'code') return /^cell\b.*\bid="?([\w-]+)/.exec(node.meta ?? '')?.slice(1) ?? [];
  if (!isJsx(node)) return [];
  const id = attributeOf(node, 'id');
  switch (node.name ?? '') {
    case 'Bibliography':
      return entries.sources;
    case 'Glossary':
      return entries.terms.map((term) => `term-${term}`);
    case 'CellResults':
      return files.map((file) => pageName(file).replaceAll('/', '-'));
    case 'ComparisonTable':
      return ['comparison-caption', ...idsOfComparison(root)];
    case 'EvidenceMatrix':
      return ['evidence-caption'];
    case 'Timeline':
      return [`timeline-${id}`];
    default:
      return id && /^[a-z]/.test(node.name ?? '') ? [id] : [];
  }
}

/** The ids of the rows of the comparison; none if its file is missing or has mistakes, which other checks report. */
function idsOfComparison(root: string): string[] {
  const file = 'content/comparison.yaml';
  const path = join(root, file);
  if (!existsSync(path)) return [];
  const { data } = comparisonSchema.safeParse(readYaml(file, readFileSync(path, 'utf8')));
  return (data?.rows ?? []).map(({ id }) => comparisonRowId(id));
}
