/** Finds cells that Markdown reads as text, because their marks do not open a fence. */
import type { MdastNode } from 'satteri';
import { positionAt } from '../../author-error.ts';
import type { Mistake } from '../../author-error.ts';
import { cellMistake } from './mistakes.ts';
import { nodesIn } from './tree.ts';

/** Adds a mistake for each text that begins like a cell. Inline code may show the first line of a cell, but not its commands. */
export function checkLostCells(
  mistakes: Mistake[],
  root: Readonly<MdastNode>,
  file: string,
  source: string,
): void {
  for (const node of nodesIn(root)) {
    const isCode = node.type === 'inlineCode';
    if (node.type !== 'text' && !isCode) continue;
    const begun = isCode ? /^sh cell\s.*\$ /s : /(?<!\w)sh cell\s[^\n]*\bid=/;
    if (!begun.test(node.value)) continue;
    // Only the source has the text as typed.
    const begin = source.indexOf('sh cell', node.position?.start.offset);
    const position = positionAt(file, source, begin);
    const message = 'This is text, not a cell, because no fence begins here.';
    const hint =
      'Begin the cell with ```sh cell id=… on a line of its own, outside a table, and end it with the line "```".';
    mistakes.push(cellMistake('NotACell', position, message, hint).mistake);
  }
}
