/** Reports for tests. */
import { namespaceKinds } from '../../../../machine/agent/processes.ts';
import type { NamespaceKind, ProcessInfo } from '../../../../machine/agent/processes.ts';
import type { GroupInfo, LinkInfo } from '../../../../machine/agent/kernel-report.ts';

type Namespaces = Record<NamespaceKind, number>;

/** The host's namespaces, and others instead of some of them. */
export function namespaces(others: Partial<Namespaces> = {}): Namespaces {
  const each = namespaceKinds.map((kind, at) => [kind, 100 + at]);
  return { ...(Object.fromEntries(each) as Namespaces), ...others };
}

/** A process with this parent, in the host's namespaces but for these. */
export function process(
  pid: number,
  parent: number,
  others: Partial<Namespaces> = {},
  more: Partial<ProcessInfo> = {},
): ProcessInfo {
  return {
    ...{ pid, parent, state: 'S', pids: [pid], group: '/', name: `p${pid}` },
    namespaces: namespaces(others),
    ...more,
  };
}

export function link(index: number, name: string, more: Partial<LinkInfo> = {}): LinkInfo {
  return { index, name, isUp: true, addresses: [], ...more };
}

export function group(path: string, cpu: GroupInfo['cpu'] = {}): GroupInfo {
  return { ...{ path, processes: 0, frozen: false, memory: {}, pids: {}, pressure: {} }, cpu };
}
