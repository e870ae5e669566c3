/** The sessions of a page that have a tab in the terminal. */
import { sessionLabel } from '../../../cells/cell.ts';
import type { PageMachine } from '../machines.ts';
import { machineOf } from '../page-machines.ts';

/** A session of a machine of the page. */
export interface SessionRef {
  machine: PageMachine;
  session: string;
}

/** The session of the machine itself, which is open from the start. */
const HOST = 'host';

export function isSame(one: SessionRef, other: SessionRef): boolean {
  return one.machine === other.machine && one.session === other.session;
}

/** The session in which an element's cell runs. */
export function sessionOf(cell: HTMLElement): SessionRef {
  return { machine: machineOf(cell), session: cell.dataset['session'] ?? HOST };
}

/** The sessions of the page's cells and tasks, each once. The first is the host of the first machine. */
export function sessionsOfPage(): SessionRef[] {
  const selector = 'course-cell, course-task';
  const used = [...document.querySelectorAll<HTMLElement>(selector)].map(sessionOf);
  const machine = used[0]?.machine ?? machineOf(document.body);
  const all = [{ machine, session: HOST }, ...used];
  return all.filter((each, at) => all.findIndex((other) => isSame(each, other)) === at);
}

/** The label of a session's tab. It names the machine if the page has several. */
export function labelOf({ machine, session }: SessionRef, hasSeveral: boolean): string {
  return hasSeveral ? `${sessionLabel(session)} on ${machine.name}` : sessionLabel(session);
}
