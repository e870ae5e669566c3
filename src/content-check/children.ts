// Checks what is between the tags of the components in a page.
import type { MdastNode } from 'satteri';
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { nodesIn } from '../cells/text/tree.ts';
import type { courseComponents } from '../markdown/components.ts';
import { isJsx } from './jsx.ts';

/** Whether a component shows what is between its tags. */
const showsContent: Readonly<Record<string, boolean>> = {
  AtWork: true,
  Bibliography: false,
  CellResults: false,
  Cite: false,
  Command: true,
  ComparisonSummary: false,
  ComparisonTable: false,
  Detour: true,
  EvidenceMatrix: false,
  Glossary: false,
  InsideOutside: true,
  MachineParts: false,
  MemoryGauge: false,
  Misconception: true,
  Output: false,
  Quiz: true,
  Stacks: false,
  Switches: true,
  Term: true,
  Progress: false,
  Terminal: false,
  ThrottlingStrip: false,
  Timeline: false,
  When: true,
} satisfies Record<(typeof courseComponents)[number], boolean>;

/** Throws an AuthorError if a component would drop what is in it, or has nothing to show. */
export function checkChildren(node: Readonly<MdastNode>, position: Position): void {
  checkNoLinkIn(node, position);
  if (!isJsx(node)) return;
  const name = node.name ?? '';
  const hasContent = node.children.some((child) => child.type !== 'text' || child.value.trim());
  if (showsContent[name] === false && hasContent) {
    const message = `<${name}> does not show what is between its tags.`;
    throw wrongContent(
      message,
      `Write <${name} … /> instead, and move the text out of it.`,
      position,
    );
  }
  if (showsContent[name] && !hasContent) {
    const message = `<${name}> has nothing between its tags.`;
    throw wrongContent(message, `Write its content between <${name} …> and </${name}>.`, position);
  }
  if (name === 'InsideOutside') checkPair(node, position);
}

function checkPair(node: Readonly<MdastNode>, position: Position): void {
  const cells = [...nodesIn(node)].filter(
    (each) => each.type === 'code' && /^cell\b/.test(each.meta ?? ''),
  ).length;
  if (cells === 2) return;
  const message = `<InsideOutside> shows two cells side by side, but this one has ${cells}.`;
  throw wrongContent(message, 'Put exactly two cells between its tags.', position);
}

/** Throws for a link in a link, which HTML does not allow. Terms, citations and quotations of outputs are links. */
function checkNoLinkIn(node: Readonly<MdastNode>, { file }: Position): void {
  if (!isLink(node)) return;
  const inner = [...nodesIn(node)].slice(1).find(isLink);
  if (!inner) return;
  const { line = 1, column = 1 } = inner.position?.start ?? {};
  const message = 'This link is inside another link.';
  const hint = 'Move it out, or remove one of the two. <Term>, <Cite> and <Output> are links, too.';
  throw wrongContent(message, hint, { file, line, column });
}

function isLink(node: Readonly<MdastNode>): boolean {
  if (isJsx(node)) return ['a', 'Cite', 'Output', 'Term'].includes(node.name ?? '');
  return node.type === 'link' || node.type === 'linkReference';
}

function wrongContent(message: string, hint: string, position: Position): AuthorError {
  const title = 'A component has the wrong content';
  return new AuthorError({ name: 'ComponentContent', title, message, hint, position });
}
