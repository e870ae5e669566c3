import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LONG_MS, reportDiskWait } from './disk-wait.ts';
import { MachineError } from './errors.ts';
import type { DiskWait } from './state.ts';

const offline = new MachineError('NetworkFailed', 'as the test says');
let reports: (DiskWait | undefined)[] = [];
const hooks = () => reportDiskWait((wait) => reports.push(wait));

beforeEach(() => {
  reports = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('reports a long wait and its end, and not a short one', () => {
  const { onWait } = hooks();
  onWait(true);
  vi.advanceTimersByTime(LONG_MS - 1);
  onWait(false);
  vi.advanceTimersByTime(LONG_MS);
  expect(reports).toEqual([undefined]);
  onWait(true);
  vi.advanceTimersByTime(LONG_MS);
  expect(reports).toEqual([undefined, {}]);
  onWait(false);
  expect(reports).toEqual([undefined, {}, undefined]);
});

test('the end of the wait for one disk does not end the wait for another', () => {
  const { onWait } = hooks();
  onWait(true);
  onWait(true);
  onWait(false);
  vi.advanceTimersByTime(LONG_MS);
  expect(reports).toEqual([{}]);
});

test('the first bytes of a new attempt replace the message about the failure', () => {
  const { onWait, onRetry, onProgress } = hooks();
  onWait(true);
  onRetry(offline);
  onProgress();
  onProgress();
  expect(reports).toEqual([{ retrying: 'NetworkFailed' }, {}]);
});

test('reports at once why a part is requested again, if the guest waits for it', () => {
  const { onWait, onRetry } = hooks();
  onRetry(offline);
  expect(reports).toEqual([]);
  onWait(true);
  onRetry(offline);
  vi.advanceTimersByTime(LONG_MS);
  expect(reports).toEqual([{ retrying: 'NetworkFailed' }]);
});
