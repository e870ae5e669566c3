/** A page runner's requests and its running plan. */
import type { PageActivity } from '../activity.ts';
import type { TypedCommand } from './typed-command.ts';

/** A request of the reader. Requests run one at a time, in order. */
export type PageRequest =
  | { what: 'activity'; activity: PageActivity }
  | { what: 'page' }
  | { what: 'command'; command: TypedCommand }
  | { what: 'undo'; activity: PageActivity }
  | { what: 'reset'; resolve: () => void; reject: (reason: unknown) => void };

/** The running plan. */
export interface RunningPlan {
  isPage: boolean;
  /** Its unfinished activities. */
  ids: string[];
  /** Activities of the plan that the reader has cancelled. */
  skipped: Set<string>;
  stop: AbortController;
}
