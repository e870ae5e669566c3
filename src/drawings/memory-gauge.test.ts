import { expect, test } from 'vitest';
import { drawMemoryBar, endOfBar } from './memory-gauge.ts';

const MIB = 2 ** 20;

/** Where each part of the bar is or ends, in percent. */
function parts(use: Parameters<typeof drawMemoryBar>[0]): Record<string, number> {
  const found = drawMemoryBar(use).matchAll(/class="(\w+)"[^>]*? (?:x1|width)="([\d.]+)%"/g);
  return Object.fromEntries([...found].map(([, kind = '', at]) => [kind, Number(at)]));
}

test('the bar is full when the group uses all that its hard limit allows', () => {
  const use = { used: 4 * MIB, highest: 12 * MIB, high: 8 * MIB, max: 16 * MIB };
  expect(parts(use)).toEqual({ whole: 100, used: 25, highest: 75, high: 50, max: 100 });
  expect(parts({ ...use, used: 16 * MIB })['used']).toBe(100);
});

test('without a hard limit, the bar has room above the soft limit and the highest use', () => {
  const use = { used: MIB, highest: 7 * MIB, high: 8 * MIB };
  expect(parts(use)).toEqual({ whole: 100, used: 6.3, highest: 43.8, high: 50 });
  expect(endOfBar({ ...use, highest: 92 * MIB })).toBe(128 * MIB);
  expect(endOfBar({ used: 0, highest: 0 })).toBe(MIB);
});

test('no part leaves the bar', () => {
  // A limit that was lowered after the group had used more, and a soft limit above the hard one.
  expect(parts({ used: 9 * MIB, highest: 10 * MIB, max: 5 * MIB })).toMatchObject({
    ...{ used: 90, highest: 100, max: 50 },
  });
  expect(parts({ used: 0, highest: 0, high: 9 * MIB, max: 8 * MIB })).not.toHaveProperty('high');
});
