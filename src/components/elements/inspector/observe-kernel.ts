/** Asks a machine for reports of its kernel's objects. */
import type { KernelReport, ObserveKernel } from '../../../machine/agent/kernel-report.ts';
import type { Machine } from '../../../machine/machine.ts';

/** The parts of a report that a view needs besides the processes. */
export type Parts = Omit<ObserveKernel, 'ms' | 'listener'>;

/** Least time between two reports, in milliseconds. */
const INTERVAL_MS = 100;

/** Calls the listener with reports, now and when something has changed. Returns a function that unsubscribes. */
export function observeKernel(
  machine: Machine,
  parts: Parts,
  listener: (report: KernelReport) => void,
): () => void {
  return machine.observe({ ms: INTERVAL_MS, ...parts }, listener);
}
