/** What a cell says of its run, in a sentence. */
import type { Difference } from '../../cells/match/reason.ts';
import type { CellState } from '../../cells/run/page-runner.ts';

/** The first step of a cell that differs; the number counts from 1, and is 0 in a cell of one step. */
export interface CellDifference extends Difference {
  step: number;
}

/** The sentence, and the heading on the page “Why outputs vary” that explains a difference. */
export interface CellMessage {
  text: string;
  about?: string;
}

/** Tells a state; `difference` is that of the run, if any. */
export function tellState(state: CellState, difference?: CellDifference): CellMessage {
  switch (state.name) {
    case 'idle':
      return { text: '' };
    case 'queued':
      return { text: 'Waiting for the machine.' };
    case 'running':
      return { text: 'Running.' };
    case 'passed':
      return { text: `Ran in ${duration(state.milliseconds)}. Same as printed.` };
    case 'differs':
      return tellDifference(duration(state.milliseconds), difference);
    case 'stopped':
      return {
        text: `Stopped. The machine is as it was ${state.at === 'start' ? 'at the start' : 'before'}.`,
      };
    case 'failed':
      return { text: state.reason };
  }
}

function tellDifference(time: string, difference?: CellDifference): CellMessage {
  if (!difference) return { text: `Ran in ${time}. Differs from what is printed.` };
  const { because, reason, step } = difference;
  const where = step ? ` in step ${step}` : '';
  return { text: `Ran in ${time}. Differs, because${where} ${because}.`, about: reason };
}

function duration(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
