import { expect, test } from 'vitest';
import { eachNode, forest } from './forest.ts';
import type { TreeNode } from './forest.ts';

type Pair = readonly [id: string, parent?: string];
const grow = (...pairs: Pair[]): string =>
  forest(
    pairs,
    ([id]) => id,
    ([, parent]) => parent,
  )
    .map(print)
    .join(' ');
const print = ({ item: [id], children }: TreeNode<Pair>): string =>
  children.length ? `${id}(${children.map(print).join(' ')})` : id;

test('things are below their parents, in their order', () => {
  expect(grow(['a'], ['b', 'a'], ['d', 'b'], ['c', 'a'], ['e'])).toBe('a(b(d) c) e');
});

test('a thing whose parent is missing, or is itself, is a root', () => {
  expect(grow(['a', 'gone'], ['b', 'b'], ['c', 'b'])).toBe('a b(c)');
});

test('of several with one name, the first counts', () => {
  expect(grow(['a'], ['b', 'a'], ['b'])).toBe('a(b)');
});

test('names that look like ours do no harm', () => {
  expect(grow(['^'], ['', '^'], ['=', ''], ['undefined'], ['x'])).toBe('^((=)) undefined x');
});

test('if some form a cycle, all are roots', () => {
  expect(grow(['a'], ['b', 'c'], ['c', 'b'], ['d', 'a'])).toBe('a b c d');
});

test('each node comes before its children, and has its depth', () => {
  const roots = forest(
    [
      { id: 1, up: 0 },
      { id: 2, up: 1 },
      { id: 3, up: 2 },
    ],
    ({ id }) => String(id),
    ({ up }) => String(up),
  );
  expect(eachNode(roots).map(({ item, depth }) => [item.id, depth])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
  ]);
});
