/** The event that an element fires when its activity has ended. Programs that drive a page listen to it. */
import type { Reason } from '../../cells/match/reason.ts';
import type { RunResult } from '../../cells/run/result.ts';

/** The event's name. It bubbles, so one listener on the document gets all of them. */
export const OUTCOME = 'cell-outcome';

export interface OutcomeDetail extends RunResult {
  id: string;
  /** The kind of difference or the name of the failure; undefined if the activity passed. */
  reason: Reason | string | undefined;
}

export function fireOutcome(element: HTMLElement, detail: OutcomeDetail): void {
  element.dispatchEvent(new CustomEvent(OUTCOME, { bubbles: true, detail }));
}
