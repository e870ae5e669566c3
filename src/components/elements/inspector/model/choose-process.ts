/** Chooses the process whose mounts are shown. */
import type { ProcessInfo } from '../../../../machine/agent/processes.ts';
import { isPresent } from './tracker.ts';
import type { Tracked } from './tracker.ts';

/**
 * The PID that the reader has chosen, or the newest process with the name that a cell gives. Without a choice, or if that
 * process has ended, the newest process with mounts of its own, or else process 1.
 */
export function chooseProcess(
  processes: readonly Tracked<ProcessInfo>[],
  wanted: number | string | undefined,
): number {
  const present = processes.filter(isPresent).map(({ item }) => item);
  const host = present.find(({ pid }) => pid === 1);
  const newest = (is: (process: ProcessInfo) => boolean): number | undefined =>
    present.filter(is).at(-1)?.pid;
  return (
    newest(({ pid, name }) => pid === wanted || name === wanted) ??
    newest(({ namespaces }) => namespaces.mnt !== host?.namespaces.mnt) ??
    1
  );
}
