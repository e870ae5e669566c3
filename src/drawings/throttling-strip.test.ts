import { expect, test } from 'vitest';
import { describeStrip, drawStrip } from './throttling-strip.ts';

const load = { quota: 100, period: 100, threads: 4, request: 30 };
const labels = { group: 'the group', request: 'a request' };

test('the words give the times of the drawing', () => {
  expect(describeStrip(load)).toBe(
    'In each period, the group runs for 25 ms and waits for 75 ms. A request that needs 30 ms of CPU time takes 105 ms at best and 180 ms at worst.',
  );
  expect(describeStrip({ ...load, quota: 400 })).toContain('never waits');
});

test('the drawing has a piece for each run and each wait, and stays in its frame', () => {
  const svg = drawStrip(load, labels);
  // Three periods of the group, and a request that waits, runs, waits and runs.
  expect(svg.match(/class="run"/g)).toHaveLength(3 + 2);
  expect(svg.match(/class="wait"/g)).toHaveLength(3 + 2);
  for (const [, x = '', width = ''] of svg.matchAll(
    /<rect[^>]* x="([\d.]+)"[^>]* width="([\d.]+)"/g,
  )) {
    expect(Number(x) + Number(width)).toBeLessThanOrEqual(640);
  }
});

test('a long time has at most nine marks', () => {
  const svg = drawStrip({ quota: 10, period: 10, threads: 16, request: 200 }, labels);
  expect(svg.match(/ ms<\/text>/g)?.length).toBeLessThanOrEqual(9);
});
