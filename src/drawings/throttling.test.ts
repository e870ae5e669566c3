import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupPieces, requestPieces, throttle } from './throttling.ts';

test('four threads use up a quota of one CPU in a quarter of the period', () => {
  const load = { quota: 100, period: 100, threads: 4, request: 30 };
  expect(throttle(load)).toEqual({ runs: 25, waits: 75, best: 105, worst: 180 });
});

test('a quota for all threads stops nothing', () => {
  const load = { quota: 400, period: 100, threads: 4, request: 30 };
  expect(throttle(load)).toEqual({ runs: 100, waits: 0, best: 30, worst: 30 });
  expect(groupPieces(throttle(load), 200)).toEqual([
    { kind: 'run', from: 0, to: 100 },
    { kind: 'run', from: 100, to: 200 },
  ]);
});

test('a request that fits into one run is stopped only if it arrives too late', () => {
  const load = { quota: 50, period: 100, threads: 1, request: 50 };
  expect(throttle(load)).toEqual({ runs: 50, waits: 50, best: 50, worst: 100 });
});

const loads = fc.record({
  quota: fc.integer({ min: 1, max: 400 }),
  period: fc.integer({ min: 10, max: 500 }),
  threads: fc.integer({ min: 1, max: 16 }),
  request: fc.integer({ min: 1, max: 300 }),
});

test('the pieces of the longest request have its length, and its CPU time', () => {
  fc.assert(
    fc.property(loads, (load) => {
      const found = throttle(load);
      const pieces = requestPieces(found);
      const length = ({ from, to }: { from: number; to: number }): number => to - from;
      const sum = (all: { from: number; to: number }[]): number =>
        all.reduce((total, each) => total + length(each), 0);
      expect(sum(pieces)).toBeCloseTo(found.worst, 6);
      expect(sum(pieces.filter(({ kind }) => kind === 'run'))).toBeCloseTo(load.request, 6);
    }),
  );
});
