/** Measures a browser's memory with Linux's /proc. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds between two measurements. */
const INTERVAL = 2000;

/** Ids of all descendants of a process. `parents` has the parent of each process. */
function descendants(root: number, parents: ReadonlyMap<number, number>): number[] {
  const found = [...parents].filter(([, parent]) => parent === root).map(([id]) => id);
  return found.flatMap((id) => [id, ...descendants(id, parents)]);
}

/** The parent's id in /proc/PID/stat. The name before it is in parentheses, and may contain spaces. See proc_pid_stat(5). */
export function parentIn(stat: string): number {
  const [, parent] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return parent ?? NaN;
}

/** A file of a process; empty if the process has ended. */
const read = (proc: string, id: number, file: string): Promise<string> =>
  readFile(join(proc, `${id}`, file), 'utf8').catch(() => '');

/**
 * The bytes of memory of all descendants of a process. Memory that several of them share counts once (Pss in
 * /proc/PID/smaps_rollup, see proc_pid_smaps(5)).
 */
export async function memoryOfDescendants(root: number, proc = '/proc'): Promise<number> {
  const ids = (await readdir(proc)).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(
    ids.map(async (id): Promise<[number, number]> => [id, parentIn(await read(proc, id, 'stat'))]),
  );
  const rollups = descendants(root, new Map(stats)).map((id) => read(proc, id, 'smaps_rollup'));
  const kilobytes = (await Promise.all(rollups)).map((text) =>
    Number(/^Pss: +(\d+) kB$/m.exec(text)?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each * 1024, 0);
}

/**
 * Runs a task, and measures the memory of this process's descendants every two seconds. Resolves to the task's value
 * and the largest number of bytes.
 */
export async function withPeakMemory<T>(
  task: () => Promise<T>,
): Promise<{ value: T; bytes: number }> {
  let bytes = 0;
  const look = async (): Promise<void> => {
    bytes = Math.max(bytes, await memoryOfDescendants(process.pid).catch(() => 0));
  };
  const timer = setInterval(() => void look(), INTERVAL);
  try {
    const value = await task();
    await look();
    return { value, bytes };
  } finally {
    clearInterval(timer);
  }
}
