import { expect, test } from 'vitest';
import { parseGroups } from './groups.ts';

const root = '/\t\t\t37\t\t\t\t\t\t6560000\t0\t0\t0\t\t\t\t34.52\t0.00\t1.50';
const box =
  '/box\\011\\134x\t2\t10\t1\t1\t4096\t52428800\t8192\t3\t20\t5\t7\t6\t20000\t100000\t100\t0.00\t0.00\t0.00';

test('each line describes a group', () => {
  expect(parseGroups(`${root}\n${box}\n`)).toEqual([
    {
      path: '/',
      processes: 37,
      frozen: false,
      pids: {},
      memory: {},
      cpu: { usage: 6_560_000, throttled: 0, periods: 0, throttledPeriods: 0 },
      pressure: { cpu: 34.52, memory: 0, io: 1.5 },
    },
    {
      path: '/box\t\\x',
      processes: 1,
      frozen: true,
      pids: { current: 2, max: 10 },
      memory: { current: 4096, max: 52_428_800, high: 8192, oomKills: 3 },
      cpu: {
        usage: 20,
        throttled: 5,
        periods: 7,
        throttledPeriods: 6,
        quota: 20_000,
        period: 100_000,
        weight: 100,
      },
      pressure: { cpu: 0, memory: 0, io: 0 },
    },
  ]);
});

test('a number that is none is left out', () => {
  const [group] = parseGroups(box.replace('\t4096\t', '\tmax\t').replace('\t8192\t', '\t-1\t'));
  expect(group?.memory).toEqual({ max: 52_428_800, oomKills: 3 });
});

test('malformed lines are skipped', () => {
  expect(parseGroups('')).toEqual([]);
  const lines = [box.slice(1), `${box}\t1`, box.slice(0, 40), '/', root];
  expect(parseGroups(lines.join('\n')).map(({ path }) => path)).toEqual(['/']);
});
