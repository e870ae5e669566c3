/**
 * What a page can hold that runs on a machine: a sum type. A new kind is added here, and the compiler
 * then lists the places that have to handle it: reading and printing, the page's component and element,
 * the run on a machine, and the words for what was found.
 */
import type { Cell, PageCell } from './cell.ts';
import { toPageCell } from './cell.ts';

/** An activity as read from its fence. */
export type Activity = Cell;
/** An activity as the page carries it: without places in files. */
export type PageActivity = PageCell;

/** The activities of each machine of a page, in their order; the machines in the order of their first one. */
export function byMachine<T extends PageActivity>(activities: readonly T[]): Map<string, T[]> {
  return Map.groupBy(activities, ({ machine }) => machine);
}

export type ActivityKind = Activity['kind'];

const kinds: Record<ActivityKind, true> = { cell: true };
/** The words after a fence's language that make it an activity. */
export const activityKinds = Object.keys(kinds) as ActivityKind[];

export function toPageActivity(activity: Activity): PageActivity {
  switch (activity.kind) {
    case 'cell':
      return toPageCell(activity);
  }
}
