/** What a page's runner has to do, and is doing. */
import type { PageActivity } from '../activity.ts';
import type { TypedLine } from './typed-line.ts';

/** A request of the reader. Requests run one at a time, in order. */
export type PageRequest =
  | { what: 'activity'; activity: PageActivity }
  | { what: 'page' }
  | { what: 'line'; line: TypedLine }
  | { what: 'undo'; activity: PageActivity }
  | { what: 'reset'; resolve: () => void; reject: (reason: unknown) => void };

/** The running plan. */
export interface Current {
  isPage: boolean;
  /** Its unfinished activities. */
  ids: string[];
  /** Activities of the plan that the reader has cancelled. */
  skipped: Set<string>;
  stop: AbortController;
}
