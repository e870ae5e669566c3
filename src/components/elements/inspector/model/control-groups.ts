/** The tree of control groups, and the use of their limits. */
import type { GroupInfo } from '../../../../machine/agent/kernel-report.ts';
import { forest } from './forest.ts';
import type { TreeNode } from './forest.ts';
import type { Tracked } from './tracker.ts';

/** The path of the nearest group above that exists; groups may be missing from a report. */
function parentOf(path: string, all: ReadonlySet<string>): string | undefined {
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    const above = path.slice(0, at) || '/';
    if (above === path) return undefined;
    if (all.has(above)) return above;
    if (at === 0) return undefined;
  }
  return undefined;
}

export function groupTree(groups: readonly Tracked<GroupInfo>[]): TreeNode<Tracked<GroupInfo>>[] {
  const paths = new Set(groups.map(({ item }) => item.path));
  return forest(
    groups,
    ({ item }) => item.path,
    ({ item }) => parentOf(item.path, paths),
  );
}

/** Whether a group is this one or below it. */
export function isWithin(path: string, above: string): boolean {
  return path === above || above === '/' || path.startsWith(`${above}/`);
}

/** Microseconds as seconds or milliseconds. */
export function formatMicroseconds(us: number): string {
  return us < 1_000_000 ? `${Math.round(us / 1000)} ms` : `${(us / 1_000_000).toFixed(1)} s`;
}

/** A CPU limit as a number of processors: "0.2 CPU". Undefined without a limit. */
export function cpuLimit({ quota, period }: GroupInfo['cpu']): string | undefined {
  if (quota === undefined || !period) return undefined;
  return `${Number((quota / period).toFixed(2))} CPU`;
}

/** The part of one processor that each group has used between two reports, which are `ms` milliseconds apart. */
export function cpuUse(
  before: readonly GroupInfo[] = [],
  after: readonly GroupInfo[],
  ms: number,
): Map<string, number> {
  const used = new Map(before.map(({ path, cpu }) => [path, cpu.usage]));
  return new Map(
    after.flatMap(({ path, cpu }) => {
      const from = used.get(path);
      if (from === undefined || cpu.usage === undefined || ms <= 0) return [];
      return [[path, Math.max(0, (cpu.usage - from) / (ms * 1000))]];
    }),
  );
}
