import { expect, test } from 'vitest';
import { counted } from './counted.ts';

test('the noun has the form of its number', () => {
  expect([0, 1, 2, 1000].map((count) => counted(count, 'cell'))).toEqual([
    '0 cells',
    '1 cell',
    '2 cells',
    '1,000 cells',
  ]);
  expect(counted(2, 'process', 'processes')).toBe('2 processes');
});
