/** Links of network namespaces: bridges with their ports, and the two ends of each veth pair. */
import type { LinkInfo, NetworkInfo } from '../../../../machine/agent/kernel-report.ts';
import { eachNode, forest } from './forest.ts';

/** A link in the order of the drawing. */
export interface LinkRow {
  /** The number of its network namespace. */
  namespace: number;
  link: LinkInfo;
  /** 1 for a port of a bridge, which follows its bridge; otherwise 0. */
  depth: number;
  /** The row of its other end, from 0. Undefined if it is no veth, or its other end is not reported or not certain. */
  peer?: number;
}

/** All links, those of one namespace together. */
export function linkRows(networks: readonly NetworkInfo[]): LinkRow[] {
  const rows = networks.flatMap(({ namespace, links }) => {
    const trees = forest(
      links,
      ({ index }) => String(index),
      ({ master }) => (master === undefined ? undefined : String(master)),
    );
    return eachNode(trees).map(({ item, depth }): LinkRow => ({ namespace, link: item, depth }));
  });
  for (const row of rows) {
    const peer = peerOf(row, rows);
    if (peer !== undefined && peerOf(rows[peer] as LinkRow, rows) === rows.indexOf(row)) {
      row.peer = peer;
    }
  }
  return rows;
}

/**
 * Indexes repeat in each namespace, and the report does not say in which one the other end is. So that end is certain only
 * if exactly one link has both indexes the other way round.
 */
function peerOf({ namespace, link }: LinkRow, rows: readonly LinkRow[]): number | undefined {
  if (link.peer === undefined) return undefined;
  const fits = rows.flatMap((row, at) => {
    const isItself = row.namespace === namespace && row.link.index === link.index;
    return !isItself && row.link.index === link.peer && row.link.peer === link.index ? [at] : [];
  });
  return fits.length === 1 ? fits[0] : undefined;
}
