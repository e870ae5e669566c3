import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findDifference, reasons } from './reason.ts';
import type { StepOutcome } from '../run/result.ts';

function compare(output: string[], lines: string[], outcome: Partial<StepOutcome> = {}) {
  const step = { output, status: 0 };
  return findDifference(step, { lines, status: 0, matches: false, truncated: false, ...outcome });
}

test('a matching outcome has no difference', () => {
  expect(compare(['a'], ['a'], { matches: true })).toBeUndefined();
});

test.each([
  ['another process number', ['pid 71'], ['pid 1072'], 'numbers', 'a number is different'],
  ['another address', ['at 0x7ffe'], ['at 0x8a00'], 'numbers', 'a number is different'],
  ['another identifier', ['id 3f2a9c81'], ['id b00c1d20'], 'numbers', 'a number is different'],
  [
    'numbers beside parts that may vary',
    ['... and 3'],
    ['x and 4'],
    'numbers',
    'a number is different',
  ],
  ['a duration', ['took 12 ms'], ['took 9.5 ms'], 'durations', 'a time is different'],
  ['the form of time', ['real 0m0.012s'], ['real 1m3.5s'], 'durations', 'a time is different'],
  ['another order', ['a', 'b', 'c'], ['b', 'c', 'a'], 'order', 'in a different order'],
  ['a missing line', ['a', 'b'], ['a'], 'missing-lines', 'a line is missing'],
  ['two missing lines', ['a', 'b', 'c'], ['c'], 'missing-lines', '2 lines are missing'],
  ['one more line', ['a'], ['a', 'b'], 'more-lines', 'there is an extra line'],
  ['another text', ['Linux'], ['Minix'], 'other-lines', 'a line is different'],
  ['a missing number', ['pid 71'], ['pid none'], 'other-lines', 'a line is different'],
  [
    'more and different lines',
    ['a', 'b'],
    ['c', 'd', 'e'],
    'other-lines',
    'the lines are different',
  ],
])('%s is described', (_, printed, live, reason, because) => {
  const difference = compare(printed, live);
  expect(difference?.reason).toBe(reason);
  expect(difference?.because).toContain(because);
});

test('status, a waiting program and truncated output take precedence over lines', () => {
  expect(compare([], ['x'], { status: 127 })?.because).toBe('the exit status is 127 and not 0');
  expect(compare([], ['x'], { status: undefined })?.reason).toBe('input');
  expect(compare([], ['x'], { truncated: true })?.reason).toBe('cut');
});

test('only the differing lines are listed, with their side', () => {
  expect(compare(['a', 'b 1', 'c'], ['a', 'b 2', 'c'])?.lines).toEqual([
    { side: 'printed', text: 'b 1' },
    { side: 'live', text: 'b 2' },
  ]);
});

test('each reason has its section on the page that explains it', () => {
  const page = readFileSync('content/about/why-outputs-vary.mdx', 'utf8');
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
  expect(reasons.filter((reason) => !headings.includes(reason))).toEqual([]);
});

test('a line with many varying parts is compared in bounded time', () => {
  const printed = `${'... a '.repeat(8)}... 7 b`;
  expect(compare([printed], [`${'a '.repeat(400)}c`])?.reason).toBe('other-lines');
});

test('a flood of output is compared at its beginning only, and counted whole', () => {
  const found = compare(
    ['y'],
    Array.from({ length: 100_000 }, () => 'y'),
  );
  expect(found?.because).toBe('there are 99999 extra lines');
  expect(found?.lines.length).toBeLessThan(5001);
});
