import { expect, test } from 'vitest';
import { countShown } from './comparison-count.ts';

test('describes how much is shown', () => {
  const all = { rows: 16, allRows: 16, columns: 4, allColumns: 4 };
  expect(countShown(all)).toBe('Shown: all 16 properties of all 4 kinds.');
  expect(countShown({ ...all, rows: 3, columns: 2 })).toBe(
    'Shown: 3 of 16 properties of 2 of 4 kinds.',
  );
});
