/** Reports each wait of the guest for a part of the disk that lasts longer than LONG_MS. */
import type { MachineError } from './errors.ts';
import type { DiskHooks } from './load-machine.ts';
import type { DiskWait } from './state.ts';

/** In milliseconds. Most parts arrive sooner. */
export const LONG_MS = 2000;

/** Hooks for the disks of a machine. `report` gets a long wait, a retry during a wait, and undefined when the wait is over. */
export function reportDiskWait(
  report: (wait: DiskWait | undefined) => void,
): Required<Pick<DiskHooks, 'onWait' | 'onRetry' | 'onProgress'>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = 0;
  let isRetrying = false;
  return {
    onWait(isWaiting) {
      waiting += isWaiting ? 1 : -1;
      if (isWaiting && waiting === 1) timer = setTimeout(() => report({}), LONG_MS);
      if (waiting) return;
      clearTimeout(timer);
      isRetrying = false;
      report(undefined);
    },
    onRetry({ failure }: MachineError) {
      if (!waiting) return; // a part that is read ahead
      clearTimeout(timer);
      isRetrying = true;
      report({ retrying: failure });
    },
    onProgress() {
      if (isRetrying) report({});
      isRetrying = false;
    },
  };
}
