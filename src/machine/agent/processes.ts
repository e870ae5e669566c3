/** The machine's processes as the agent reports them, for drawings. */
import { readPath } from './report-text.ts';

/** In the order of the agent's report (guest/agent/look-processes.c), with the names in /proc/PID/ns. */
export const namespaceKinds = [
  'cgroup',
  'ipc',
  'mnt',
  'net',
  'pid',
  'time',
  'user',
  'uts',
] as const;
export type NamespaceKind = (typeof namespaceKinds)[number];

/** A process of the machine, as seen from the initial namespaces. */
export interface ProcessInfo {
  pid: number;
  parent: number;
  /** A letter, as in proc(5). */
  state: string;
  /** Numbers as printed by `readlink /proc/PID/ns/pid`; 0 for a process that is just ending. */
  namespaces: Record<NamespaceKind, number>;
  /** Its PIDs from the outermost namespace to its own, as in NSpid of proc(5). */
  pids: number[];
  /** Path of its control group, as in /proc/PID/cgroup. */
  group: string;
  name: string;
}

/** Parses the text of the part "processes"; skips malformed lines. */
export function parseProcesses(text: string): ProcessInfo[] {
  return text.split('\n').flatMap((line) => {
    const [pid = '', parent = '', state = '', numbers = '', pids = '', group = '', ...name] =
      line.split('\t');
    const each = numbers.split(',').map(Number);
    if (!name.length || each.length !== namespaceKinds.length) return [];
    const namespaces = Object.fromEntries(namespaceKinds.map((kind, i) => [kind, each[i] ?? 0]));
    return {
      pid: Number(pid),
      parent: Number(parent),
      state,
      namespaces: namespaces as Record<NamespaceKind, number>,
      pids: pids.split(',').map(Number),
      group: readPath(group),
      name: name.join('\t'),
    };
  });
}
