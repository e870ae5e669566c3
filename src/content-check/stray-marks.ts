// Marks of Markdown that the parser takes for text, since what belongs to them is missing.
import type { MdastNode } from 'satteri';
import { AuthorError, positionAt } from '../author-error.ts';

/** Throws an AuthorError for a backtick without its partner, and for a footnote without its text. */
export function checkStrayMarks(node: Readonly<MdastNode>, file: string, source: string): void {
  if (node.type !== 'text' || !node.position) return;
  const start = node.position.start.offset ?? 0;
  // The value of the node has lost the backslash of \`.
  const written = source.slice(start, node.position.end.offset);
  // Three of them are a fence in the wrong place, which has a mistake of its own if it looks like a cell.
  const backtick = /(?<![\\`])`{1,2}(?!`)/.exec(written);
  if (backtick) {
    throw new AuthorError({
      name: 'OpenBacktick',
      title: 'A backtick has no partner',
      message:
        'This backtick does not begin `code`, because no backtick in its paragraph closes it.',
      hint: 'Add the closing backtick, or write \\` for the character itself.',
      position: positionAt(file, source, start + backtick.index),
    });
  }
  const footnote = /(?<!\\)\[\^([^\]\s]+)\]/.exec(written);
  if (!footnote) return;
  throw new AuthorError({
    name: 'UnknownFootnote',
    title: 'A footnote has no text',
    message: `The page has no text for the footnote [^${footnote[1]}].`,
    hint: `Add a paragraph that begins with [^${footnote[1]}]: or write \\[^${footnote[1]}] for the characters themselves.`,
    position: positionAt(file, source, start + footnote.index),
  });
}
