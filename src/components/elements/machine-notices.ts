/** Shows in a machine's bar what its kernel reports. Loaded once the machine has started. */
import type { KernelNotice } from '../../machine/kernel-notices.ts';
import type { PageMachine } from './machines.ts';

export function describeNotice({ of, pid, program }: KernelNotice): string {
  const where =
    of === 'machine'
      ? 'The machine ran out of memory.'
      : 'A control group reached its memory limit.';
  return `${where} The kernel killed process ${pid} (${program}).`;
}

/** A notice stays for this number of milliseconds: the next steps of the same cell must not remove it. */
const STAYS_MS = 10_000;

/** Shows and announces the last notice, until a later step, or until the machine returns to a state or stops. */
export function showNotices(
  bar: HTMLElement,
  { machine }: Pick<PageMachine, 'machine'>,
  announce: (text: string) => void,
): void {
  const shown = document.createElement('p');
  shown.className = 'machine-notice';
  bar.querySelector('.machine-state')?.after(shown);
  const show = (text: string): void => {
    shown.textContent = text;
    shown.hidden = !text;
  };
  show('');
  let since = 0;
  machine.onNotice((notice) => {
    since = performance.now();
    const text = describeNotice(notice);
    show(text);
    announce(text);
  });
  machine.subscribe(({ name }) => {
    const isOld = name === 'busy' && performance.now() - since > STAYS_MS;
    const isLeft = name === 'restoring' || name === 'stopped' || name === 'failed';
    if (isOld || isLeft) show('');
  });
}
