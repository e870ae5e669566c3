import { expect, test } from 'vitest';
import { parseMounts } from './mounts.ts';

const line =
  '36 35 98:0 /mnt1 /a\\040b\\134 rw,noatime master:1 shared:2 - ext3 /dev/a\\011b rw,errors=continue';

test('each line describes a mount', () => {
  expect(parseMounts(`71\n${line}\n`, false)).toEqual({
    pid: 71,
    cut: false,
    mounts: [
      {
        id: 36,
        parent: 35,
        root: '/mnt1',
        point: '/a b\\',
        propagation: ['master:1', 'shared:2'],
        type: 'ext3',
        source: '/dev/a\tb',
        options: 'rw,noatime',
        superOptions: 'rw,errors=continue',
      },
    ],
  });
});

test('a mount may have no propagation, an empty source, and a hyphen as its point', () => {
  const mounts = parseMounts('1\n36 35 0:1 / - rw - tmpfs  rw\n', true);
  expect(mounts?.cut).toBe(true);
  expect(mounts?.mounts).toMatchObject([
    { point: '-', propagation: [], type: 'tmpfs', source: '' },
  ]);
});

test('malformed lines are skipped', () => {
  const lines = ['36 x 98:0 / / rw - a b c', '36 35 98:0 / / rw a b c', '36 35', 'x', line];
  expect(parseMounts(`1\n${lines.join('\n')}`, false)?.mounts).toHaveLength(1);
  expect(parseMounts('', false)).toBeUndefined();
  expect(parseMounts(`${line}\n`, false)).toBeUndefined();
});
