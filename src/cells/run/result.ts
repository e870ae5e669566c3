/** How an activity went: the same words on the page, in the verifier, in records and in browsers. */
import { explain, machineFailures } from '../../machine/errors.ts';

export const verdicts = ['passed', 'differs', 'timed out', 'crashed', 'not run'] as const;
export type Verdict =
  /** As printed. */
  | 'passed'
  /** Output or exit status are others than printed. */
  | 'differs'
  /** A step took longer than it may. */
  | 'timed out'
  /** The machine failed meanwhile. */
  | 'crashed'
  /** A step that the shell does not take, or an activity before it that could not be run. */
  | 'not run';

/** How one step went. */
export interface StepOutcome {
  lines: string[];
  /** Undefined when a program waits for input instead, see StepResult. */
  status: number | undefined;
  /** Whether output and status are as printed. */
  matches: boolean;
  truncated: boolean;
}

/** Why an activity did not run to its end: the name of an error of the machine, and its words. */
export interface RunFailure {
  name: string;
  message: string;
}

export interface RunResult {
  verdict: Verdict;
  /** Of the steps that ran, in order. */
  outcomes: StepOutcome[];
  /** Why the next step did not run to its end. */
  failure?: RunFailure;
  milliseconds: number;
}

/** The verdict on these outcomes and this failure. */
export function judge(outcomes: readonly StepOutcome[], failure?: RunFailure): Verdict {
  if (!failure) return outcomes.every(({ matches }) => matches) ? 'passed' : 'differs';
  if (failure.name === 'StepTimeout') return 'timed out';
  return failure.name === 'StepError' || failure.name === 'NotRun' ? 'not run' : 'crashed';
}

/** An error as a failure. */
export function failureOf(error: unknown): RunFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
}

/** A failure in a sentence for the reader. */
export function explainFailure({ name, message }: RunFailure): string {
  const failure = machineFailures.find((each) => each === name);
  return failure ? explain(failure) : message;
}
