/** Processes in groups: those of one group are in the same namespaces. */
import type { NamespaceKind, ProcessInfo } from '../../../../machine/agent/processes.ts';
import { forest } from './forest.ts';
import type { TreeNode } from './forest.ts';
import type { Tracked } from './tracker.ts';

export interface ProcessGroup {
  key: string;
  namespaces: ProcessInfo['namespaces'];
  /** The kinds in which this group's namespace differs from the host's. */
  differing: NamespaceKind[];
  processes: Tracked<ProcessInfo>[];
}

/**
 * Groups processes by their namespaces of these kinds. A group is below the group in which the parent of its first process
 * is. The host's group, which has process 1, comes first.
 */
export function groupProcesses(
  processes: readonly Tracked<ProcessInfo>[],
  kinds: readonly NamespaceKind[],
): TreeNode<ProcessGroup>[] {
  const keyOf = ({ item }: Tracked<ProcessInfo>): string =>
    kinds.map((kind) => item.namespaces[kind]).join();
  const byPid = new Map(processes.map((each) => [each.item.pid, each]));
  const host = byPid.get(1);
  const groups = [...Map.groupBy(processes, keyOf)].map(([key, members]): ProcessGroup => {
    const namespaces = (members[0] as Tracked<ProcessInfo>).item.namespaces;
    const isOther = (kind: NamespaceKind) =>
      host && namespaces[kind] !== host.item.namespaces[kind];
    return { key, namespaces, differing: kinds.filter(isOther), processes: members };
  });
  const groupAbove = ({ key, processes: [first] }: ProcessGroup): string | undefined => {
    let above = byPid.get(first?.item.parent ?? 0);
    // A parent may be missing, or, in a damaged report, below itself.
    for (const passed = new Set(); above && !passed.has(above);) {
      if (keyOf(above) !== key) return keyOf(above);
      passed.add(above);
      above = byPid.get(above.item.parent);
    }
    return host && keyOf(host) !== key ? keyOf(host) : undefined;
  };
  return forest(groups, ({ key }) => key, groupAbove);
}
