/** A page runner's requests, its running plan, and what it uses of the page. */
import type { PageActivity } from '../activity.ts';
import type { Change } from './history.ts';
import type { ActivityView } from './activity-view.ts';
import type { PlanRunner } from './plan-runner.ts';
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
  /** Activities of the plan that the reader has cancelled. */
  skipped: Set<string>;
  stop: AbortController;
}

/** The parts of the page that the runner uses. */
export interface RunnerSurroundings {
  view: (id: string) => ActivityView;
  /** The time in milliseconds. */
  now: () => number;
  /** Loads the class that runs plans. */
  loadPlans: () => Promise<typeof PlanRunner>;
  /** Awaited before the machine starts; rejects with StepInterrupted when the reader declines. */
  admit?: (signal: AbortSignal) => Promise<void>;
  /** Cancels a start of the machine while its files are being downloaded. */
  cancelStart?: () => void;
}
