// Finds all mistakes in the source of a page.
import type { MdastNode } from 'satteri';
import { AuthorError, collect } from '../author-error.ts';
import type { Mistake, Position } from '../author-error.ts';
import { activitiesOfTree } from '../cells/text/chapter.ts';
import { nodesIn, readTree } from '../cells/text/tree.ts';
import { checkPageFields } from '../course-data/frontmatter-mistake.ts';
import { pageName } from '../course-data/read-pages.ts';
import { unknownEntry } from '../course-data/unknown-entry.ts';
import type { DataFolder } from '../course-data/unknown-entry.ts';
import { readFrontmatter } from '../course-data/yaml.ts';
import { checkComponents } from '../markdown/components.ts';
import { checkDiagramName, readWords } from '../markdown/diagram-source.ts';
import { readGauge } from '../markdown/gauges.ts';
import { readOutput } from '../markdown/outputs.ts';
import { checkAttributes } from './attributes.ts';
import { checkChildren } from './children.ts';
import { checkBraces, checkImports } from './code.ts';
import { checkConflict } from './conflict-marks.ts';
import type { CourseIndex } from './course-index.ts';
import { checkByteOrderMark, checkEncoding } from './encoding.ts';
import { checkHeading, headingIds } from './headings.ts';
import { attributeOf, isJsx } from './jsx.ts';
import { checkSwitches, checkWhens } from './switches.ts';
import { checkLineStart } from './line-start.ts';
import { checkLink } from './link-mistakes.ts';
import { checkStrayMarks } from './stray-marks.ts';

/** The folder of content/ in which a component finds its id. */
const folders: Record<string, DataFolder> = {
  Cite: 'sources',
  Term: 'terms',
  Timeline: 'timelines',
};

/** All mistakes of a page, in the order of its text. If a page is not valid MDX, its text is not checked further. */
export function pageMistakes(file: string, text: string, index: CourseIndex): Mistake[] {
  const found: Mistake[] = [];
  collect(found, () => checkEncoding(file, text));
  collect(found, () => checkConflict(file, text));
  if (found.length) return found;
  collect(found, () => checkByteOrderMark(file, text));
  // The parser does not count this character, so later positions would be off by one.
  const source = text.replace(/^\uFEFF/, '');
  collect(found, () => {
    const { frontmatter } = readFrontmatter(file, source);
    checkPageFields(pageName(file), file, frontmatter, source);
  });
  const root = collect(found, () => readTree(file, source));
  if (!root) return found;
  // Compiles the page, which finds mistakes in its code that the tree does not show.
  collect(found, () => headingIds(file, source));
  const activities = collect(found, () => activitiesOfTree(root, file, source));
  collect(found, () => checkComponents(root, file));
  collect(found, () => checkWhens(root, file));
  const nodes = [...nodesIn(root)];
  const ownCode = nodes.map((node) => (node.type === 'mdxjsEsm' ? node.value : '')).join('\n');
  for (const node of nodes) {
    const { line = 1, column = 1 } = node.position?.start ?? {};
    const position = { file, line, column };
    for (const check of [
      checkAttributes,
      checkChildren,
      checkSwitches,
      checkEntry,
      checkLink,
      checkAlternative,
    ]) {
      collect(found, () => check(node, position, index));
    }
    collect(found, () => checkImports(node, position, index.root));
    collect(found, () => checkBraces(node, position, ownCode));
    collect(found, () => checkLineStart(node, file));
    collect(found, () => checkHeading(node, position));
    collect(found, () => checkStrayMarks(node, file, source));
    if (node.type === 'code') {
      collect(found, () => checkDiagramName(node.lang ?? '', position));
      if (node.lang === 'mermaid') collect(found, () => readWords(node.value, position));
    }
    if (isJsx(node) && node.name === 'Output' && activities) {
      collect(found, () => readOutput(activities, node.attributes, position));
    }
    if (isJsx(node) && isCompleteGauge(node) && activities) {
      collect(found, () => readGauge(activities, node.attributes, position));
    }
  }
  return found.sort((a, b) => a.position.line - b.position.line);
}

/** Whether a node is a <MemoryGauge> with its attributes. checkAttributes reports missing ones. */
function isCompleteGauge(node: Parameters<typeof attributeOf>[0] & { name: string | null }) {
  return node.name === 'MemoryGauge' && attributeOf(node, 'group') && attributeOf(node, 'cell');
}

function checkEntry(node: Readonly<MdastNode>, position: Position, { entries }: CourseIndex): void {
  if (!isJsx(node)) return;
  const folder = folders[node.name ?? ''];
  if (!folder) return;
  const id = attributeOf(node, 'id');
  if (id && !entries[folder].includes(id))
    throw unknownEntry(folder, id, entries[folder], position);
}

function checkAlternative(node: Readonly<MdastNode>, position: Position): void {
  const isTag = isJsx(node) && node.name === 'img';
  if (node.type !== 'image' && node.type !== 'imageReference' && !isTag) return;
  const text = isJsx(node) ? attributeOf(node, 'alt') : node.alt;
  if (text?.trim()) return;
  throw new AuthorError({
    name: 'MissingAlt',
    title: 'An image has no alternative text',
    message: 'This image has no alternative text. Readers who cannot see the image need it.',
    hint: isTag ? 'Write alt="description".' : 'Write ![description](address).',
    position,
  });
}
