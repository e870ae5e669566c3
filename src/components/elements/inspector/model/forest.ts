/** Trees of items that name their parents. The guest's data may lack a parent, repeat a name or form a cycle. */
import { stratify } from 'd3-hierarchy';
import type { HierarchyNode } from 'd3-hierarchy';

export interface TreeNode<T> {
  item: T;
  /** 0 for a root. */
  depth: number;
  children: TreeNode<T>[];
}

interface Entry<T> {
  id: string;
  parent: string;
  item?: T;
}

/** The identity of the node above all roots. No item has this id, because the ids of items begin with another character. */
const ABOVE = '^';

/** Returns the roots. An item is a root if its parent is not among the items. If several have the same name, the first one is used. */
export function forest<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  parentOf: (item: T) => string | undefined,
): TreeNode<T>[] {
  const entries = new Map<string, Entry<T>>();
  for (const item of items) {
    const id = `=${idOf(item)}`;
    const parent = parentOf(item);
    if (entries.has(id)) continue;
    entries.set(id, { id, parent: parent === undefined ? ABOVE : `=${parent}`, item });
  }
  for (const entry of entries.values()) {
    if (!entries.has(entry.parent) || entry.parent === entry.id) entry.parent = ABOVE;
  }
  const all = [...entries.values()];
  const { children = [] } = connect(all);
  return children.flatMap(toNode);
}

function connect<T>(all: Entry<T>[]): HierarchyNode<Entry<T>> {
  const tree = stratify<Entry<T>>()
    .id(({ id }) => id)
    .parentId(({ id, parent }) => (id === ABOVE ? undefined : parent));
  const above: Entry<T> = { id: ABOVE, parent: ABOVE };
  try {
    return tree([above, ...all]);
  } catch {
    // A cycle. No tree shows it, so all are roots.
    return tree([above, ...all.map((each) => ({ ...each, parent: ABOVE }))]);
  }
}

function toNode<T>({ data, depth, children = [] }: HierarchyNode<Entry<T>>): TreeNode<T>[] {
  if (data.item === undefined) return [];
  return [{ item: data.item, depth: depth - 1, children: children.flatMap(toNode) }];
}

/** All nodes of trees, each before its children. */
export function eachNode<T>(roots: readonly TreeNode<T>[]): TreeNode<T>[] {
  return roots.flatMap((root) => [root, ...eachNode(root.children)]);
}
