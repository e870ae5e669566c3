import { expect, test } from 'vitest';
import { citationNumber } from './citation-number.ts';

test('sources are numbered by their first citation on each page', () => {
  const [one, two] = [{}, {}];
  expect(['a', 'b', 'a', 'c'].map((source) => citationNumber(one, source))).toEqual([1, 2, 1, 3]);
  expect(citationNumber(two, 'c')).toBe(1);
});
