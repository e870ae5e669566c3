/** The view of an activity on a page, and the states that it can show. */
import type { RunResult, StepOutcome } from './result.ts';

export type ActivityState =
  /** Shows the printed output. */
  | { name: 'idle' }
  /** Waits for the machine or for earlier activities. */
  | { name: 'queued' }
  | { name: 'running' }
  /** The reader pressed Stop. The machine is in the state before the run, clean, or in the state in which Stop left it. */
  | { name: 'stopped'; at: 'before' | 'start' | 'here' }
  /** An activity of its plan failed before it. */
  | { name: 'blocked'; by: string }
  /** It completed or failed. */
  | { name: 'ended'; result: RunResult };

/** Displays an activity. */
export interface ActivityView {
  showState(state: ActivityState): void;
  showStep(index: number): void;
  showOutput(index: number, text: string): void;
  /** Reports a program that reads keys with a time limit, and continues when none arrives. `interrupt` presses Ctrl-C. */
  showListens(program: string, interrupt: () => void): void;
  showOutcome(index: number, outcome: StepOutcome): void;
  /** Marks a result of a state that the machine has left, or removes the mark. */
  showStale(isStale: boolean): void;
}
