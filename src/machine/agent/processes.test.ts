import { expect, test } from 'vitest';
import { parseProcesses } from './processes.ts';

test('each line describes a process', () => {
  const line = '71\t60\tS\t1,2,3,4,5,6,7,8\t71,1\t/box\\011\tsleep me';
  expect(parseProcesses(`${line}\n`)).toEqual([
    {
      pid: 71,
      parent: 60,
      state: 'S',
      namespaces: { cgroup: 1, ipc: 2, mnt: 3, net: 4, pid: 5, time: 6, user: 7, uts: 8 },
      pids: [71, 1],
      group: '/box\t',
      name: 'sleep me',
    },
  ]);
});

test('malformed lines are skipped', () => {
  expect(parseProcesses('')).toEqual([]);
  expect(parseProcesses('1\t0\tS\t1,2\t1\t/\tinit\nx\n')).toEqual([]);
});
