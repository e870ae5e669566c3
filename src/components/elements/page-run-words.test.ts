import { expect, test } from 'vitest';
import type { Verdict } from '../../cells/run/result.ts';
import { describePageChange, describePageRun } from './page-run-words.ts';

const nameOf = (id: string): string => `the cell ${id}`;
const run = (
  state: 'running' | 'stopped' | 'over',
  total: number,
  verdicts: Record<string, Verdict>,
) => ({
  state,
  total,
  verdicts: new Map(Object.entries(verdicts)),
});

test('a run counts, and ends with a verdict that names what is not as printed', () => {
  expect(describePageRun(run('running', 25, { a: 'passed', b: 'differs' }))).toEqual({
    text: 'Running 25 cells, 2 done.',
    cells: ['b'],
  });
  expect(describePageRun(run('over', 3, { a: 'passed', b: 'differs', c: 'passed' }))).toEqual({
    text: 'Ran 3 of 3 cells: 2 as printed, 1 different.',
    cells: ['b'],
  });
  expect(describePageRun(run('running', 1, {})).text).toBe('Running 1 cell, 0 done.');
  expect(describePageRun(run('over', 1, { a: 'passed' })).text).toBe(
    'Ran 1 of 1 cell: 1 as printed.',
  );
  expect(describePageRun(run('stopped', 3, {})).text).toBe('Stopped after 0 of 3 cells.');
});

test('its start, its half and its end are announced', () => {
  const [none, one, two, three, over] = [
    run('running', 4, {}),
    run('running', 4, { a: 'passed' }),
    run('running', 4, { a: 'passed', b: 'differs' }),
    run('running', 4, { a: 'passed', b: 'differs', c: 'passed' }),
    run('over', 4, { a: 'passed', b: 'differs', c: 'passed', d: 'passed' }),
  ];
  expect(describePageChange(undefined, none, nameOf)).toBe('Running 4 cells, 0 done.');
  expect(describePageChange(over, none, nameOf)).toBe('Running 4 cells, 0 done.');
  expect(describePageChange(none, one, nameOf)).toBeUndefined();
  expect(describePageChange(one, two, nameOf)).toBe('Running 4 cells, 2 done.');
  expect(describePageChange(two, three, nameOf)).toBeUndefined();
  expect(describePageChange(three, over, nameOf)).toBe(
    'Ran 4 of 4 cells: 3 as printed, 1 different. Not as printed: the cell b.',
  );
});
