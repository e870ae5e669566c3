import { expect, test } from 'vitest';
import { endMatches, outputMatches } from './compare.ts';

test.each([
  [['a', '...', 'd'], ['a', 'b', 'c', 'd'], true],
  [['a', '...', 'd'], ['a', 'd'], true],
  [['...'], [], true],
  [['...', 'x', '...', 'y'], ['x', 'x', 'y', 'x', 'y'], true],
  [['a', '...', 'd'], ['a', 'b'], false],
  [['pid <pid>', '...', '<duration>'], ['pid 71', 'x', '3 ms'], true],
  [['pid <pid>'], ['pid 0'], false],
  [['a'], ['a', 'b'], false],
  [['a', 'b'], ['a'], false],
])('lines %j against %j: %s', (expected, actual, matches) => {
  expect(outputMatches(expected, actual)).toBe(matches);
});

test.each([
  [{ status: 0 }, 0, true],
  [{ status: 3 }, 3, true],
  [{ status: 0 }, 1, false],
  [{ status: 0 }, undefined, false],
  [{ status: 0, waits: true as const }, undefined, true],
  [{ status: 0, waits: true as const }, 0, false],
  [{ status: 0, stops: true as const }, 0, false],
  [{ status: 0, stops: true as const }, undefined, false],
])('a step printed to end as %j, with the status %s: %s', (printed, status, matches) => {
  expect(endMatches(printed, { status })).toBe(matches);
});

test('a step that is printed to stop the machine has to stop it, and no other step may', () => {
  const stopped = { status: undefined, hasStopped: true as const };
  expect(endMatches({ status: 0, stops: true }, stopped)).toBe(true);
  expect(endMatches({ status: 0 }, stopped)).toBe(false);
  expect(endMatches({ status: 0, waits: true }, stopped)).toBe(false);
});
