import { expect, test } from 'vitest';
import { lineMatches, mergeOutput, outputMatches, toLines } from './compare.ts';

test('terminal output becomes plain lines', () => {
  expect(toLines('\u001b[1;31mred\u001b[0m \r\n\u001b]0;title\u0007a\r\n\r\n')).toEqual([
    'red',
    'a',
  ]);
  expect(toLines('10 %\r100 %\r\ndone')).toEqual(['100 %', 'done']);
  expect(toLines('')).toEqual([]);
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['a...c', 'abbc', true],
  ['a...c', 'ac', true],
  ['a...c', 'abbd', false],
  ['...x...', 'axb', true],
  ['ab...bc', 'abc', false],
  ['1...1', '1', false],
])('%s against %s: %s', (expected, actual, matches) => {
  expect(lineMatches(expected, actual)).toBe(matches);
});

test.each([
  [['a', '...', 'd'], ['a', 'b', 'c', 'd'], true],
  [['a', '...', 'd'], ['a', 'd'], true],
  [['...'], [], true],
  [['...', 'x', '...', 'y'], ['x', 'x', 'y', 'x', 'y'], true],
  [['a', '...', 'd'], ['a', 'b'], false],
  [['a'], ['a', 'b'], false],
  [['a', 'b'], ['a'], false],
])('lines %j against %j: %s', (expected, actual, matches) => {
  expect(outputMatches(expected, actual)).toBe(matches);
});

test('a merge keeps the author’s text where it fits', () => {
  expect(mergeOutput(['a', '...'], ['a', 'b', 'c'])).toEqual(['a', '...']);
});

test('a merge keeps the author’s open lines where the rest changed', () => {
  expect(mergeOutput(['[1] ...', 'old'], ['[1] 71', 'new'])).toEqual(['[1] ...', 'new']);
});
