/** Finds cells whose marks are not those of a fence, so that Markdown takes them for text. */
import type { MdastNode } from 'satteri';
import { collect, positionAt } from '../../author-error.ts';
import type { Mistake } from '../../author-error.ts';
import { cellMistake } from './mistakes.ts';
import { nodesIn } from './tree.ts';

/** Adds a mistake for each text that begins like a cell. Code in a line may name a cell, but not its commands. */
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
    const message = 'This is text, not a cell, since the line above or around it begins no fence.';
    const hint =
      'Begin the cell with ```sh cell id=… on a line of its own, outside a table, and end it with a line ```.';
    collect(mistakes, () => {
      throw cellMistake('NotACell', position, message, hint);
    });
  }
}
