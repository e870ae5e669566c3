// The request that a page of the dev server sends when its author accepts an output.
import type { StepOutcome } from '../cells/run/result.ts';

/** The dev server's address for it; like all addresses here it ends in a slash. */
export const acceptPath = '/__course/accept/';

/** The body of the request, as JSON. */
export interface Acceptance {
  /** The page's file, as a path below the project's top folder. */
  file: string;
  /** A PageCell as JSON, as the page carries it. */
  cell: string;
  /** The outcome of each step that ran. */
  outcomes: StepOutcome[];
}
