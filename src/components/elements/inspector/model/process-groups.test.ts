import { expect, test } from 'vitest';
import { namespaceKinds } from '../../../../machine/agent/processes.ts';
import type { ProcessInfo } from '../../../../machine/agent/processes.ts';
import { process } from './fake-report.ts';
import type { TreeNode } from './forest.ts';
import { groupProcesses } from './process-groups.ts';
import type { ProcessGroup } from './process-groups.ts';

const track = (processes: ProcessInfo[]) =>
  processes.map((item) => ({ key: String(item.pid), item }));
const print = ({ item, children }: TreeNode<ProcessGroup>): string => {
  const pids = item.processes.map(({ item: { pid } }) => pid).join();
  const inside = children.map(print).join(' ');
  return `[${item.differing.join()}: ${pids}${inside && ` ${inside}`}]`;
};
const draw = (
  processes: ProcessInfo[],
  kinds = namespaceKinds as readonly (typeof namespaceKinds)[number][],
) => groupProcesses(track(processes), kinds).map(print).join(' ');

test('processes with the same namespaces are one group, in the group of their parent', () => {
  const all = [
    process(1, 0),
    process(2, 1),
    process(10, 2, { pid: 7, uts: 8 }),
    process(11, 10, { pid: 7, uts: 8 }),
    process(12, 11, { pid: 9, uts: 8 }),
    process(20, 2, { net: 5 }),
  ];
  expect(draw(all)).toBe('[: 1,2 [pid,uts: 10,11 [pid,uts: 12]] [net: 20]]');
});

test('only the chosen kinds count', () => {
  const all = [process(1, 0), process(2, 1, { uts: 8 }), process(3, 2, { uts: 8, pid: 7 })];
  expect(draw(all, ['pid'])).toBe('[: 1,2 [pid: 3]]');
  expect(draw(all, ['net'])).toBe('[: 1,2,3]');
});

test('a group whose parents are not reported is in the host’s', () => {
  expect(draw([process(1, 0), process(9, 77, { net: 5 })])).toBe('[: 1 [net: 9]]');
});

test('parents that form a circle end', () => {
  expect(draw([process(1, 0), process(8, 9, { net: 5 }), process(9, 8, { net: 5 })])).toBe(
    '[: 1 [net: 8,9]]',
  );
});
