import { expect, test } from 'vitest';
import { tellState } from './cell-message.ts';

const milliseconds = 1234;
const difference = { reason: 'numbers', because: 'a number is another one', lines: [] } as const;

test('a run that is as printed says so', () => {
  const message = tellState({ name: 'passed', milliseconds });
  expect(message).toEqual({ text: 'Ran in 1.2 s. Same as printed.' });
});

test('a run that differs says why, in which step, and where that is explained', () => {
  const state = { name: 'differs', milliseconds } as const;
  expect(tellState(state, { ...difference, lines: [], step: 2 })).toEqual({
    text: 'Ran in 1.2 s. Differs, because in step 2 a number is another one.',
    about: 'numbers',
  });
  expect(tellState(state, { ...difference, lines: [], step: 0 }).text).toBe(
    'Ran in 1.2 s. Differs, because a number is another one.',
  );
});

test('a failure gives its reason', () => {
  expect(tellState({ name: 'failed', reason: 'It broke.' }).text).toBe('It broke.');
});
