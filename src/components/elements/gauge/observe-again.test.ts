import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KernelListener, KernelReport } from '../../../machine/agent/kernel-report.ts';
import { observeAgain } from './observe-again.ts';

const report: KernelReport = { processes: [], cut: false };
/** The observations that have not ended, and the number of all. */
const observations = new Set<KernelListener>();
let asked = 0;
const machine = {
  observe(_request: unknown, listener: KernelListener) {
    observations.add(listener);
    asked++;
    return () => void observations.delete(listener);
  },
};
const send = (): void => observations.forEach((listener) => listener(report));

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
});
afterEach(() => vi.useRealTimers());

test('a machine that reports is asked once', () => {
  const heard = vi.fn<KernelListener>();
  const end = observeAgain(machine, 250, heard);
  for (let second = 0; second < 10; second++) {
    vi.advanceTimersByTime(1000);
    send();
  }
  expect([asked, observations.size, heard.mock.calls.length]).toEqual([1, 1, 10]);
  end();
  expect(observations.size).toBe(0);
});

test('a machine that does not report is asked again, with more and more patience', () => {
  const end = observeAgain(machine, 250, () => {});
  const counts = [2, 4, 8].map((seconds) => {
    vi.advanceTimersByTime(seconds * 1000 - 1);
    const before = asked;
    vi.advanceTimersByTime(1);
    return [before, asked];
  });
  expect(counts).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
  expect(observations.size).toBe(1);
  send();
  vi.advanceTimersByTime(2000);
  expect(asked).toBe(5);
  end();
  vi.advanceTimersByTime(100_000);
  expect([asked, observations.size]).toEqual([5, 0]);
});
