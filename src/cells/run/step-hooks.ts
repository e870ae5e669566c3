/** Callbacks for the run of an activity. */
import type { StepOutcome } from './result.ts';

export interface StepHooks {
  signal?: AbortSignal | undefined;
  onStep?: ((index: number) => void) | undefined;
  onOutput?: ((index: number, text: string) => void) | undefined;
  /** Called with a program that reads keys with a time limit, and continues when none arrives. `interrupt` presses Ctrl-C. */
  onListens?: ((program: string, interrupt: () => void) => void) | undefined;
  onOutcome?: ((index: number, outcome: StepOutcome) => void) | undefined;
}
