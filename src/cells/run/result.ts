/** The result of an activity, in the same terms on the page, in the verifier and in its records. */
import { adviseAfter, explain, machineFailures, StepInterrupted } from '../../machine/errors.ts';

export const verdicts = ['passed', 'edited', 'differs', 'timed out', 'crashed', 'not run'] as const;
export type Verdict =
  /** As printed. */
  | 'passed'
  /** The reader has changed the commands, so there is nothing to compare with. It occurs only on pages. */
  | 'edited'
  /** Output or exit status differ from the printed ones. */
  | 'differs'
  /** A step exceeded its time limit. */
  | 'timed out'
  /** The machine failed. */
  | 'crashed'
  /** A step could not run, or an activity before it could not. */
  | 'not run';

/** The result of one step. */
export interface StepOutcome {
  lines: string[];
  /** Undefined when a program waits for input instead, see StepResult, or the machine has stopped. */
  status: number | undefined;
  /** Whether the machine stopped, in a step that says so. */
  hasStopped?: true;
  /** Whether output and status are as printed. */
  matches: boolean;
  truncated: boolean;
}

/** The machine's error that ended an activity early: its name and its message. */
export interface RunFailure {
  name: string;
  message: string;
}

export interface RunResult {
  verdict: Verdict;
  /** The outcomes of the completed steps, in order. */
  outcomes: StepOutcome[];
  /** The reason why the next step did not complete. */
  failure?: RunFailure;
  milliseconds: number;
  /** Whether a person's input or edited commands have changed the machine, before or during the run. */
  isAfterInput?: boolean;
}

/** The failures of a step that did not run. */
const notRun = ['StepError', 'SessionBusy', 'NotRun'];

/** Derives the verdict from outcomes and failure. `isEdited`: whether the reader has changed the commands. */
export function judge(
  outcomes: readonly StepOutcome[],
  failure?: RunFailure,
  isEdited = false,
): Verdict {
  if (!failure && isEdited) return 'edited';
  if (!failure) return outcomes.every(({ matches }) => matches) ? 'passed' : 'differs';
  if (failure.name === 'StepTimeout') return 'timed out';
  return notRun.includes(failure.name) ? 'not run' : 'crashed';
}

/** Turns an error into a failure. */
export function failureOf(error: unknown): RunFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
}

/** The failure of an activity that comes after one that could not run. */
export function notRunAfter(id: string): RunFailure {
  return {
    name: 'NotRun',
    message: `Not run, because it comes after "${id}", which could not run.`,
  };
}

/** The result of an activity that failed before it began. */
export function resultOfFailure(failure: RunFailure): RunResult {
  return { verdict: judge([], failure), outcomes: [], failure, milliseconds: 0 };
}

/** The result for an error outside an activity; undefined for Stop. */
export function resultOfError(error: unknown): RunResult | undefined {
  return error instanceof StepInterrupted ? undefined : resultOfFailure(failureOf(error));
}

/** Explains a failure to the reader in a sentence. */
export function explainFailure({ name, message }: RunFailure): string {
  const failure = machineFailures.find((each) => each === name);
  return failure ? `${explain(failure)} ${adviseAfter(failure)}` : message;
}
