// The activities of the page being built, parsed once and shared by the plugins that need them.
import type { MdastNode, MdastVisitorContext } from 'satteri';
import type { Activity } from '../cells/activity.ts';
import { activitiesOfTree } from '../cells/text/chapter.ts';
import { positionOf } from '../position-of.ts';

/** The key in the data that the plugins of one page share. */
const KEY = 'course:activities';

/**
 * The activities of a page. A plugin calls this before it, or one after it, has changed the tree. Throws an
 * AuthorError for a mistake in one.
 */
export function activitiesOfPage(
  root: Readonly<MdastNode>,
  context: MdastVisitorContext,
): Activity[] {
  const { file } = positionOf(context.fileURL, undefined);
  const found = (context.data[KEY] ??= activitiesOfTree(root, file, context.source));
  return found as Activity[];
}
