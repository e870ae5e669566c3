/**
 * The parts of a page that run on a machine, as a sum type. When a new kind is added here, the compiler lists
 * the code that has to handle it: parsing and printing, the page's component and element, the run on a
 * machine, and the wording of findings.
 */
import type { Cell, PageCell } from './cell.ts';
import { toPageCell } from './cell.ts';
import type { PageTask, Task } from './task.ts';
import { toPageTask } from './task.ts';

/** An activity as read from its fence. */
export type Activity = Cell | Task;
/** An activity as the page carries it, without source positions. */
export type PageActivity = PageCell | PageTask;

/** Groups a page's activities by machine. Machines are in the order of their first activity. */
export function byMachine<T extends PageActivity>(activities: readonly T[]): Map<string, T[]> {
  return Map.groupBy(activities, ({ machine }) => machine);
}

export type ActivityKind = Activity['kind'];

const kinds: Record<ActivityKind, true> = { cell: true, task: true };
/** The words after a fence's language that make it an activity. */
export const activityKinds = Object.keys(kinds) as ActivityKind[];

export function toPageActivity(activity: Activity): PageActivity {
  switch (activity.kind) {
    case 'cell':
      return toPageCell(activity);
    case 'task':
      return toPageTask(activity);
  }
}

/** Whether a run of this activity changes the machine. Undo and “Run all” concern only these. */
export function changesMachine({ kind }: { kind: ActivityKind }): boolean {
  switch (kind) {
    case 'cell':
      return true;
    case 'task':
      return false;
  }
}
