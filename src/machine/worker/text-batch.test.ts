import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TextBatch } from './text-batch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a flood of text crosses in at most 63 messages a second, whole and in order', async () => {
  const passed: string[] = [];
  const batch = new TextBatch((text) => passed.push(text));
  let all = '';
  for (let i = 0; i < 10_000; i++) {
    all += `${i}\n`;
    batch.add(`${i}\n`);
    if (i % 10 === 9) await vi.advanceTimersByTimeAsync(1); // 1 s in all
  }
  batch.flush();
  expect(passed.join('')).toBe(all);
  expect(passed.length).toBeLessThanOrEqual(64);
  expect(vi.getTimerCount()).toBe(0);
});

test('single texts pass at once', () => {
  const passed: string[] = [];
  const batch = new TextBatch((text) => passed.push(text));
  batch.add('first');
  expect(passed).toEqual(['first']);
  batch.add('second');
  vi.advanceTimersByTime(16);
  expect(passed).toEqual(['first', 'second']);
});
