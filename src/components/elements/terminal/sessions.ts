/** The sessions of a page that have a tab in the terminal. */
import { sessionLabel } from '../../../cells/cell.ts';
import type { PageMachine } from '../machines.ts';
import { machineOf } from '../page-machines.ts';

/** A session of a machine of the page. */
export interface Target {
  machine: PageMachine;
  session: string;
}

/** The session of the machine itself, which is open from the start. */
const HOST = 'host';

export function isSame(one: Target, other: Target): boolean {
  return one.machine === other.machine && one.session === other.session;
}

/** The session in which an element's cell runs. */
export function targetOf(cell: HTMLElement): Target {
  return { machine: machineOf(cell), session: cell.dataset['session'] ?? HOST };
}

/** The sessions of the page's cells, each once. The first is the host of the first machine. */
export function targetsOfPage(): Target[] {
  const used = [...document.querySelectorAll<HTMLElement>('course-cell')].map(targetOf);
  const machine = used[0]?.machine ?? machineOf(document.body);
  const all = [{ machine, session: HOST }, ...used];
  return all.filter((each, at) => all.findIndex((other) => isSame(each, other)) === at);
}

/** A name for one more session: the least number that no tab has. */
export function nextSession(tabs: readonly Target[], machine: PageMachine): string {
  const used = new Set(tabs.filter((tab) => tab.machine === machine).map(({ session }) => session));
  let number = 1;
  while (used.has(`shell ${number}`)) number++;
  return `shell ${number}`;
}

/** The label of a session's tab. It names the machine if the page has several. */
export function labelOf({ machine, session }: Target, hasSeveral: boolean): string {
  return hasSeveral ? `${sessionLabel(session)} on ${machine.name}` : sessionLabel(session);
}
