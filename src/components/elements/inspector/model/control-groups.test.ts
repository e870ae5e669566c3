import { expect, test } from 'vitest';
import type { GroupInfo } from '../../../../machine/agent/kernel-report.ts';
import { cpuLimit, cpuUse, formatMicroseconds, groupTree, isWithin } from './control-groups.ts';
import { group } from './fake-report.ts';
import type { TreeNode } from './forest.ts';
import type { Tracked } from './tracker.ts';

const print = ({ item, children }: TreeNode<Tracked<GroupInfo>>): string =>
  children.length ? `${item.key}(${children.map(print).join(' ')})` : item.key;

test('groups are below the nearest group that is reported', () => {
  const paths = ['/', '/a', '/a/b', '/a/b/c', '/ab', '/gone/x/y'];
  const tree = groupTree(paths.map((path) => ({ key: path, item: group(path) })));
  expect(tree.map(print)).toEqual(['/(/a(/a/b(/a/b/c)) /ab /gone/x/y)']);
});

test('a group is within itself, the root and those above it', () => {
  expect(['/a', '/a/b', '/ab', '/'].map((path) => isWithin(path, '/a'))).toEqual([
    ...[true, true, false, false],
  ]);
  expect(isWithin('/a', '/')).toBe(true);
});

test('the use of the processor is the part of the time between two reports', () => {
  const before = [group('/a', { usage: 1000 }), group('/b', { usage: 500_000 })];
  const after = [group('/a', { usage: 51_000 }), group('/b', {}), group('/c', { usage: 9 })];
  expect([...cpuUse(before, after, 100)]).toEqual([['/a', 0.5]]);
  expect(cpuUse(undefined, after, 100).size).toBe(0);
});

test('times and limits of the processor have units', () => {
  expect([0, 35_400, 2_500_000].map(formatMicroseconds)).toEqual(['0 ms', '35 ms', '2.5 s']);
  expect(cpuLimit({ quota: 50_000, period: 500_000 })).toBe('0.1 CPU');
  expect(cpuLimit({ period: 100_000 })).toBeUndefined();
});
