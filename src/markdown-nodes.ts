// Walks the tree of a page.
import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';

/** Whether a node is a component or an HTML element. */
export function isElement(
  node: Readonly<MdastNode>,
): node is MdxJsxFlowElement | MdxJsxTextElement {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

/** A node and all nodes below it, in the order of the text. */
export function* nodesOf(node: Readonly<MdastNode>): Generator<Readonly<MdastNode>> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

/** The text of a node, without marks. */
export function textOf(node: Readonly<MdastNode>): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return 'value' in node ? String(node.value) : '';
}
