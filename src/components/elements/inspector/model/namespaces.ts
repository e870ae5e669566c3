/** Short names of namespaces, and which processes share one. */
import { namespaceKinds } from '../../../../machine/agent/processes.ts';
import type { NamespaceKind, ProcessInfo } from '../../../../machine/agent/processes.ts';

export interface Namespace {
  kind: NamespaceKind;
  /** The number in /proc/PID/ns. */
  number: number;
}

/** The names of the kinds in sentences. */
const kindWords: Record<NamespaceKind, string> = {
  cgroup: 'cgroup',
  ipc: 'IPC',
  mnt: 'mount',
  net: 'network',
  pid: 'PID',
  time: 'time',
  user: 'user',
  uts: 'UTS',
};

export function isSameNamespace(one: Namespace | undefined, other: Namespace): boolean {
  return one?.kind === other.kind && one.number === other.number;
}

/** The processes in a namespace. */
export function sharersOf(
  namespace: Namespace,
  processes: readonly ProcessInfo[],
): ReadonlySet<number> {
  const { kind, number } = namespace;
  const sharers = processes.filter((each) => each.namespaces[kind] === number);
  return new Set(sharers.map(({ pid }) => pid));
}

/** Numbers the namespaces of each kind in the order in which they first appear. The host's are number 1. */
export class NamespaceNames {
  readonly #seen = Object.fromEntries(
    namespaceKinds.map((kind) => [kind, [] as number[]]),
  ) as Record<NamespaceKind, number[]>;

  /** Notes the namespaces of processes, which are in the order of the report: process 1 first. */
  note(processes: readonly ProcessInfo[]): void {
    for (const { namespaces } of processes) {
      for (const kind of namespaceKinds) this.ordinal({ kind, number: namespaces[kind] });
    }
  }

  /** The number of a namespace among those of its kind, from 1. */
  ordinal({ kind, number }: Namespace): number {
    const seen = this.#seen[kind];
    if (!number) return 0;
    if (!seen.includes(number)) seen.push(number);
    return seen.indexOf(number) + 1;
  }

  /** "pid #2". */
  label(namespace: Namespace): string {
    return `${namespace.kind} #${this.ordinal(namespace) || '–'}`;
  }

  /** "PID namespace #2". */
  fullName(namespace: Namespace): string {
    return `${kindWords[namespace.kind]} namespace #${this.ordinal(namespace) || '–'}`;
  }
}

/**
 * The kernel leaves a zombie without most of its namespaces, and the rest cannot be read. It gets those that it had, or else its
 * parent's. `before` has the namespaces of the last report by PID. Processes come after their parents.
 */
export function completeNamespaces(
  processes: readonly ProcessInfo[],
  before: ReadonlyMap<number, ProcessInfo['namespaces']>,
): ProcessInfo[] {
  const found = new Map<number, ProcessInfo['namespaces']>();
  return processes.map((process) => {
    const { pid, parent, namespaces } = process;
    const known = before.get(pid) ?? found.get(parent);
    const each = namespaceKinds.map((kind) => [kind, namespaces[kind] || (known?.[kind] ?? 0)]);
    const complete = Object.fromEntries(each) as ProcessInfo['namespaces'];
    found.set(pid, complete);
    return { ...process, namespaces: complete };
  });
}
