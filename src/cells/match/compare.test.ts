import { expect, test } from 'vitest';
import { endMatches, outputMatches, toLines } from './compare.ts';

test('terminal output becomes plain lines', () => {
  expect(toLines('\u001b[1;31mred\u001b[0m \r\n\u001b]0;title\u0007a\r\n\r\n')).toEqual([
    'red',
    'a',
  ]);
  expect(toLines('10 %\r100 %\r\ndone')).toEqual(['100 %', 'done']);
  expect(toLines('')).toEqual([]);
});

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

test('a long unfinished line is read quickly', () => {
  const line = 'a'.repeat(1 << 20);
  expect(toLines(line)).toEqual([line]);
  expect(toLines(`${'\r'.repeat(1 << 20)}x\r`)).toEqual(['x']);
});

test('two carriage returns before a newline do not overwrite the line', () => {
  expect(toLines('HTTP/1.1 200 OK\r\r\nx\r\n')).toEqual(['HTTP/1.1 200 OK', 'x']);
});

test('control characters are handled as a terminal does', () => {
  expect(toLines('a\u0000b\u0007c\n')).toEqual(['abc']);
  expect(toLines('abc\b\bX\n')).toEqual(['aXc']);
  expect(toLines('\b\ba\tb\u007f\n')).toEqual(['a\tb']);
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
