import { expect, test } from 'vitest';
import { describeChange } from './change-words.ts';

test.each([
  [[1, 2], [1, 2], ''],
  [[1], [1, 2, 3], '2 processes appeared.'],
  [[1, 2], [1], '1 process ended.'],
  [[1, 2, 3], [1, 4], '1 process appeared, 2 ended.'],
])('from %j to %j: %s', (before, after, words) => {
  expect(describeChange(new Set(before), new Set(after))).toBe(words);
});
