/** Functions that press a page's buttons. They run in the page, so they may use nothing from this file. */

/** Ends a machine, so that the next one starts alone, without a question. */
export function pressEnd(machine: string): void {
  const bar = document.querySelector(`machine-bar[data-machine="${machine}"]`);
  bar?.querySelector<HTMLButtonElement>('.end')?.click();
}
