import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pressInterrupt } from './press-interrupt.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('Ctrl-C is pressed a little after the request, and again until the step ends', async () => {
  const asked = new AbortController();
  let pressed = 0;
  const settle = pressInterrupt(() => pressed++, asked.signal);
  vi.advanceTimersByTime(5000);
  expect(pressed).toBe(0);
  asked.abort();
  expect(pressed).toBe(0);
  vi.advanceTimersByTime(200);
  expect(pressed).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(pressed).toBe(2);
  const settled = settle();
  await vi.advanceTimersByTimeAsync(5000);
  await settled;
  expect(pressed).toBe(2);
});

test('a step that has ended is not interrupted', async () => {
  const asked = new AbortController();
  let pressed = 0;
  await pressInterrupt(() => pressed++, asked.signal)();
  asked.abort();
  vi.advanceTimersByTime(5000);
  expect(pressed).toBe(0);
});
