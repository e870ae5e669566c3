import { expect, test } from 'vitest';
import { formatBytes, ofLimit } from './amounts.ts';

test('bytes have a unit, and at most one decimal', () => {
  const bytes = [0, 999, 1536, 12 << 20, 13_002_342, 500 << 10, 3 * 2 ** 30];
  expect(bytes.map(formatBytes)).toEqual([
    ...['0 B', '999 B', '1.5 KiB', '12 MiB', '12.4 MiB', '500 KiB', '3 GiB'],
  ]);
});

test('an amount names its limit, if it has one', () => {
  expect(ofLimit('3', '16')).toBe('3 of 16');
  expect(ofLimit('3', undefined)).toBe('3');
});
