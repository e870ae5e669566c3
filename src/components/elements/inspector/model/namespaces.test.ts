import { expect, test } from 'vitest';
import { namespaceKinds } from '../../../../machine/agent/processes.ts';
import { namespaces, process } from './fake-report.ts';
import { completeNamespaces, NamespaceNames, sharersOf } from './namespaces.ts';

test('namespaces have numbers in the order in which they first appear, and keep them', () => {
  const names = new NamespaceNames();
  names.note([process(1, 0), process(2, 1, { pid: 7 }), process(3, 1, { pid: 9, net: 9 })]);
  names.note([process(1, 0), process(3, 1, { pid: 9 }), process(4, 1, { pid: 11 })]);
  const label = (kind: 'pid' | 'net', number: number) => names.label({ kind, number });
  expect([label('pid', namespaces().pid), label('pid', 7), label('pid', 9)]).toEqual([
    'pid #1',
    'pid #2',
    'pid #3',
  ]);
  expect([label('pid', 11), label('net', 9)]).toEqual(['pid #4', 'net #2']);
  expect(names.fullName({ kind: 'mnt', number: namespaces().mnt })).toBe('mount namespace #1');
});

test('the processes in a namespace are found by its kind and number', () => {
  const all = [process(1, 0), process(2, 1, { net: 5 }), process(3, 2, { net: 5, pid: 5 })];
  expect([...sharersOf({ kind: 'net', number: 5 }, all)]).toEqual([2, 3]);
  expect([...sharersOf({ kind: 'pid', number: 5 }, all)]).toEqual([3]);
});

test('a process that is ending keeps its namespaces, or gets those of its parent', () => {
  const none = Object.fromEntries(namespaceKinds.map((kind) => [kind, 0]));
  const all = [process(1, 0), process(2, 1, { net: 5 }), process(3, 2, none), process(4, 1, none)];
  const before = new Map([[4, namespaces({ uts: 8 })]]);
  const complete = completeNamespaces(all, before);
  expect(complete[2]?.namespaces).toEqual(namespaces({ net: 5 }));
  expect(complete[3]?.namespaces).toEqual(namespaces({ uts: 8 }));
});
