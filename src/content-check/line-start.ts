// The formatter takes a tag at the beginning of a line for a block of its own.
import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';
import { AuthorError } from '../author-error.ts';

/** These stand in text. Once the formatter has broken a paragraph, its second half begins with one. */
const inText = ['Cite', 'Output', 'Term'];

/** Throws an AuthorError if a paragraph has a line at which the formatter breaks it, or has broken it. */
export function checkLineStart(node: Readonly<MdastNode>, file: string): void {
  // A line with nothing but tags is a block already.
  const isBlock = node.type === 'mdxJsxFlowElement' && inText.includes(node.name ?? '');
  if (isBlock && node.position?.start.column === 1) throw atStart(node, file);
  if (node.type !== 'paragraph') return;
  for (const [place, child] of node.children.entries()) {
    if (child.type !== 'mdxJsxTextElement' || child.position?.start.column !== 1) continue;
    if (place > 0 || inText.includes(child.name ?? '')) throw atStart(child, file);
  }
}

function atStart(
  { name, position }: Readonly<MdxJsxFlowElement | MdxJsxTextElement>,
  file: string,
): AuthorError {
  const { line = 1, column = 1 } = position?.start ?? {};
  return new AuthorError({
    name: 'TagAtLineStart',
    title: 'The formatter would split a paragraph',
    message: `A line of this paragraph begins with <${name}>. The formatter would split the paragraph there.`,
    hint: 'Move the tag to the end of the line above, or put a word before it. If the paragraph is already split, join its two parts.',
    position: { file, line, column },
  });
}
