import { expect, test } from 'vitest';
import { parseNetworks } from './networks.ts';

test('lines describe namespaces with their links, ports and addresses', () => {
  const lines = [
    'n\t4026531840',
    'l\t1\t1\t0\t\tlo',
    'l\t2\t1\t0\tbridge\tbr0',
    'l\t3\t0\t2\tveth\tv0',
    'p\t3\t2',
    'a\t2\t10.0.0.1/24',
    'a\t2\tfe80::1/64',
    'n\t4026531978',
    'l\t2\t1\t3\tveth\tv1',
  ];
  expect(parseNetworks(lines.join('\n'))).toEqual([
    {
      namespace: 4_026_531_840,
      links: [
        { index: 1, name: 'lo', isUp: true, addresses: [] },
        {
          index: 2,
          name: 'br0',
          isUp: true,
          kind: 'bridge',
          addresses: ['10.0.0.1/24', 'fe80::1/64'],
        },
        { index: 3, name: 'v0', isUp: false, kind: 'veth', peer: 2, master: 2, addresses: [] },
      ],
    },
    {
      namespace: 4_026_531_978,
      links: [{ index: 2, name: 'v1', isUp: true, kind: 'veth', peer: 3, addresses: [] }],
    },
  ]);
});

test.each([
  ['802.1Q VLAN Support', 'vlan'],
  ['bonding', 'bond'],
  ['dummy', 'dummy'],
])('the driver "%s" makes links of the kind %s', (driver, kind) => {
  expect(parseNetworks(`n\t1\nl\t1\t1\t0\t${driver}\tx`)[0]?.links[0]?.kind).toBe(kind);
});

test('malformed lines are skipped', () => {
  const lines = ['l\t1\t1\t0\t\tearly', 'n\tx', 'n\t7', 'l\t1\t1\t0\tveth', 'l\tx\t1\t0\t\ty'];
  const orphans = ['p\t9\t1', 'a\t9\t10.0.0.1/8', 'a', '', 'z\t1'];
  expect(parseNetworks([...lines, ...orphans].join('\n'))).toEqual([{ namespace: 7, links: [] }]);
});
