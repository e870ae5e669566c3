/** Reports when the guest waits for a part of the disk for so long that a reader wonders why. */
import type { MachineError } from './errors.ts';
import type { DiskHooks } from './load-machine.ts';
import type { DiskWait } from './state.ts';

/** Most parts arrive sooner, in milliseconds. */
export const LONG_MS = 2000;

/** Hooks for the disk. `report` gets a long wait, a retry during a wait, and undefined when the wait is over. */
export function reportDiskWait(
  report: (wait: DiskWait | undefined) => void,
): Required<Pick<DiskHooks, 'onWait' | 'onRetry'>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = false;
  return {
    onWait(waits) {
      isWaiting = waits;
      clearTimeout(timer);
      if (waits) timer = setTimeout(() => report({}), LONG_MS);
      else report(undefined);
    },
    onRetry({ failure }: MachineError) {
      if (!isWaiting) return; // a part that is read ahead
      clearTimeout(timer);
      report({ retrying: failure });
    },
  };
}
