import { expect, test } from 'vitest';
import type { ActivityState } from '../../cells/run/activity-view.ts';
import type { RunResult, Verdict } from '../../cells/run/result.ts';
import { describeState } from './cell-message.ts';

const nameOf = (id: string): string => `the cell ${id}`;
const ended = (result: Partial<RunResult> & { verdict: Verdict }): ActivityState => ({
  name: 'ended',
  result: { outcomes: [], milliseconds: 1234, ...result },
});
const difference = { reason: 'numbers', because: 'a number is different', lines: [] } as const;

test('describes a run that is as printed', () => {
  const message = describeState(ended({ verdict: 'passed' }), nameOf);
  expect(message).toEqual({ text: 'Ran in 1.2 s. Same as printed.' });
});

test('describes a difference with its reason, its step and a link to the explanation', () => {
  const state = ended({ verdict: 'differs' });
  expect(describeState(state, nameOf, { ...difference, lines: [], step: 2 })).toEqual({
    text: 'Ran in 1.2 s. Differs in step 2: a number is different.',
    about: 'numbers',
  });
  expect(describeState(state, nameOf, { ...difference, lines: [], step: 0 }).text).toBe(
    'Ran in 1.2 s. Differs: a number is different.',
  );
});

test('describes a failure with its reason', () => {
  const failed = (verdict: Verdict, name: string) =>
    describeState(ended({ verdict, failure: { name, message: 'It broke.' } }), nameOf).text;
  expect(failed('timed out', 'StepTimeout')).toBe('It broke.');
  expect(failed('crashed', 'GuestStopped')).toBe(
    'The Linux machine has stopped. Press Run to start the machine again. Or press Undo to return to the state before it stopped.',
  );
});

test('names the cell that failed before by its name for readers, and links to it', () => {
  expect(describeState({ name: 'blocked', by: 'a' }, nameOf)).toEqual({
    text: 'Not run: “the cell a” failed.',
    cell: 'a',
  });
});
