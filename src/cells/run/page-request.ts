/** A page runner's requests and its running plan. */
import type { PageActivity } from '../activity.ts';
import type { Change } from './history.ts';
import type { TypedCommand } from './typed-command.ts';

/** A request of the reader. Requests run one at a time, in order. */
export type PageRequest =
  | { what: 'activity'; activity: PageActivity }
  /** Up to an activity, if it names one. */
  | { what: 'page'; last: PageActivity | undefined }
  | { what: 'command'; command: TypedCommand }
  | { what: 'return'; activity: PageActivity }
  | {
      what: 'undo';
      resolve: (result: UndoResult | undefined) => void;
      reject: (reason: unknown) => void;
    }
  | { what: 'reset'; resolve: () => void; reject: (reason: unknown) => void };

/** What Undo did: the change that it has undone, or that it could not undo because the state before it is lost. */
export interface UndoResult {
  name: 'undone' | 'lost';
  change: Change;
}

/** The running plan. */
export interface RunningPlan {
  isPage: boolean;
  /** Its unfinished activities. */
  ids: string[];
  /** Those that already show that they wait. */
  queued: Set<string>;
  /** Activities of the plan that the reader has cancelled. */
  skipped: Set<string>;
  stop: AbortController;
}

/** A plan that has not run anything yet. `ids` are the activities that will certainly run; none for a run of the page. */
export function beginPlan(ids: string[], stop: AbortController): RunningPlan {
  return { isPage: !ids.length, ids, queued: new Set(), skipped: new Set(), stop };
}
