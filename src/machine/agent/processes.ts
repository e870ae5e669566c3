/** The machine's processes as the agent reports them, for drawings. */

/** In the order of the agent's report (guest/agent/observe.c), with the names in /proc/PID/ns. */
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

/** All processes but the kernel's own threads. */
export interface ProcessList {
  processes: ProcessInfo[];
  /** Whether there are more than the agent reports; it reports those nearest to process 1. */
  cut: boolean;
}

/** An observer of the machine's processes, and the least milliseconds between two lists. */
export interface Observe {
  ms: number;
  listener: (list: ProcessList) => void;
}

/** Parses the text of PROCESSES frames; skips malformed lines. */
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
      group,
      name: name.join('\t'),
    };
  });
}
