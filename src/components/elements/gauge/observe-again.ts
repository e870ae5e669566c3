/** Observes the groups of a machine, and asks again when no report has come for some time. */
import type { KernelListener } from '../../../machine/agent/kernel-report.ts';
import type { Machine } from '../../../machine/machine.ts';

/**
 * The agent rests after each look, for many times as long as the look took: for some seconds if the reader's computer is
 * busy, and with the first look also on others. A new observation begins with a look at once. All in milliseconds.
 */
const PATIENCE_MS = 2000;
/** A very slow machine needs time to answer at all. */
const MAX_PATIENCE_MS = 32_000;

/** Calls the listener with each report. Returns a function that ends the observation. */
export function observeAgain(
  machine: Pick<Machine, 'observe'>,
  ms: number,
  listener: KernelListener,
): () => void {
  let patience = PATIENCE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end = (): void => {};
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      end();
      patience = Math.min(MAX_PATIENCE_MS, patience * 2);
      ask();
    }, patience);
  };
  const ask = (): void => {
    wait();
    end = machine.observe({ ms, groups: true }, (report) => {
      patience = PATIENCE_MS;
      wait();
      listener(report);
    });
  };
  ask();
  return () => {
    clearTimeout(timer);
    end();
  };
}
