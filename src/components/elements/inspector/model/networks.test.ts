import { expect, test } from 'vitest';
import { link } from './fake-report.ts';
import { linkRows } from './networks.ts';

const veth = (index: number, name: string, peer: number, master?: number) =>
  link(index, name, { kind: 'veth', peer, ...(master !== undefined && { master }) });

test('a port follows its bridge, and the two ends of a pair find each other', () => {
  const rows = linkRows([
    {
      namespace: 1,
      links: [link(1, 'lo'), veth(4, 'v1', 2, 5), link(5, 'br0'), veth(6, 'v2', 3, 5)],
    },
    { namespace: 2, links: [link(1, 'lo'), veth(2, 'eth0', 4)] },
    { namespace: 3, links: [link(1, 'lo'), veth(3, 'eth0', 6)] },
  ]);
  expect(rows.map(({ link: { name }, depth, peer }) => [name, depth, peer])).toEqual([
    ['lo', 0, undefined],
    ['br0', 0, undefined],
    ['v1', 1, 5],
    ['v2', 1, 7],
    ['lo', 0, undefined],
    ['eth0', 0, 2],
    ['lo', 0, undefined],
    ['eth0', 0, 3],
  ]);
});

test('both ends may be in one namespace', () => {
  const rows = linkRows([{ namespace: 1, links: [veth(2, 'a', 3), veth(3, 'b', 2)] }]);
  expect(rows.map(({ peer }) => peer)).toEqual([1, 0]);
});

test('an end that fits two links is joined to none', () => {
  const rows = linkRows([
    { namespace: 1, links: [veth(4, 'v', 2)] },
    { namespace: 2, links: [veth(2, 'eth0', 4)] },
    { namespace: 3, links: [veth(2, 'eth0', 4)] },
  ]);
  expect(rows.map(({ peer }) => peer)).toEqual([undefined, undefined, undefined]);
});
