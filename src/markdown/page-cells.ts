// The cells of the page that is being built, read once and shared by the plugins that need them.
import type { MdastNode, MdastVisitorContext } from 'satteri';
import { placeOf } from '../author-error.ts';
import type { Cell } from '../cells/cell.ts';
import { cellsOfTree } from '../cells/text/chapter.ts';

/** The key in the bag of data that the plugins of one page share. */
const KEY = 'course:cells';

/**
 * The cells of a page. A plugin calls this before it, or one after it, has changed the tree. Throws an
 * AuthorError for a mistake in a cell.
 */
export function cellsOfPage(root: Readonly<MdastNode>, context: MdastVisitorContext): Cell[] {
  const { file } = placeOf(context.fileURL, undefined);
  const found = (context.data[KEY] ??= cellsOfTree(root, file, context.source));
  return found as Cell[];
}
