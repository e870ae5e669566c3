/** Describes a cell's run in a sentence. */
import type { Difference } from '../../cells/match/reason.ts';
import type { ActivityState } from '../../cells/run/activity-view.ts';
import { explainFailure } from '../../cells/run/result.ts';
import type { RunResult } from '../../cells/run/result.ts';

/** The first difference of a cell. `step` counts from 1, and is 0 in a cell with one step. */
export interface CellDifference extends Difference {
  step: number;
}

/** A sentence, and targets for links that may help the reader. */
export interface CellMessage {
  text: string;
  /** The heading on the page “Why outputs vary” that explains the difference. */
  about?: string;
  /** The cell of this page that failed before this one. */
  cell?: string;
}

/** Describes a state. `difference` is that of the run, if any; `nameOf` gives the name of a cell for readers. */
export function describeState(
  state: ActivityState,
  nameOf: (id: string) => string,
  difference?: CellDifference,
): CellMessage {
  switch (state.name) {
    case 'idle':
      return { text: '' };
    case 'queued':
      return { text: 'Waiting for the machine.' };
    case 'running':
      return { text: 'Running.' };
    case 'blocked':
      return { text: `Not run: “${nameOf(state.by)}” failed.`, cell: state.by };
    case 'ended':
      return describeResult(state.result, difference);
    case 'stopped':
      return { text: `Stopped. ${stoppedAt[state.at]}` };
  }
}

const stoppedAt = {
  before: 'The machine is as it was before.',
  start: 'The machine is as it was at the start.',
  here: 'The machine keeps the command’s changes and your input.',
};

function describeResult(result: RunResult, difference?: CellDifference): CellMessage {
  const time = duration(result.milliseconds);
  switch (result.verdict) {
    case 'passed':
      return { text: `Ran in ${time}. Same as printed.` };
    case 'edited':
      return {
        text: `Ran in ${time}. The commands were edited, so the output is not compared with the printed output.`,
      };
    case 'differs':
      return describeDifference(time, difference, result.isAfterInput);
    case 'timed out':
    case 'crashed':
    case 'not run':
      return { text: result.failure ? explainFailure(result.failure) : '' };
  }
}

function describeDifference(
  time: string,
  difference?: CellDifference,
  isAfterInput = false,
): CellMessage {
  const hint = isAfterInput ? ' Your own input on this machine may be the reason.' : '';
  if (!difference)
    return { text: `Ran in ${time}. The output differs from the printed one.${hint}` };
  const { because, reason, step } = difference;
  const where = step ? ` in step ${step}` : '';
  return { text: `Ran in ${time}. Differs${where}: ${because}.${hint}`, about: reason };
}

function duration(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
