import { expect, test } from 'vitest';
import { describeSteps, StepLog } from './step-log.ts';

const nameOf = (cell: string) => `cell ${cell}`;

test('finds the steps that ran at some time in a period', () => {
  const log = new StepLog();
  log.note({ cell: 'a', step: 1 }, 10);
  log.note({ cell: 'a', step: 2 }, 20);
  log.note(undefined, 30);
  log.note({ cell: 'b', step: 1 }, 50);
  const words = (from: number, to: number) => describeSteps(log.between(from, to), nameOf);
  expect(words(0, 9)).toBe('while no cell ran');
  expect(words(12, 15)).toBe('in step 1 of “cell a”');
  expect(words(12, 25)).toBe('in steps 1 or 2 of “cell a”');
  expect(words(31, 49)).toBe('while no cell ran');
  expect(words(25, 60)).toBe('in step 2 of “cell a” or step 1 of “cell b”');
  expect(words(55, 99)).toBe('in step 1 of “cell b”');
});

test('forgets steps that ended long ago', () => {
  const log = new StepLog();
  log.note({ cell: 'a', step: 1 }, 10);
  log.note(undefined, 20);
  log.note({ cell: 'b', step: 1 }, 20_000);
  expect(log.between(0, 30_000)).toEqual([{ cell: 'b', step: 1 }]);
});

test('describes typed commands, and several steps of one cell', () => {
  expect(describeSteps([{ step: 1 }], nameOf)).toBe('in your command');
  const steps = [1, 2, 3].map((step) => ({ cell: 'a', step }));
  expect(describeSteps(steps, nameOf)).toBe('in steps 1 to 3 of “cell a”');
});
