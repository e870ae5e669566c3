import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withQuota } from './cpu-quota.ts';

let root = '';
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'cgroup-'))));
afterEach(() => rm(root, { recursive: true }));

const group = `bench-${process.pid}`;

test('the group has the quota, in both versions of cgroups', async () => {
  await withQuota('/bin/true', 0.5, root);
  expect(await readFile(join(root, group, 'cpu.max'), 'utf8')).toBe('50000 100000');
  await mkdir(join(root, 'cpu'));
  await withQuota('/bin/true', 0.25, root);
  const first = (file: string) => readFile(join(root, 'cpu', group, file), 'utf8');
  expect([await first('cpu.cfs_quota_us'), await first('cpu.cfs_period_us')]).toEqual([
    ...['25000', '100000'],
  ]);
});

test.skipIf(process.platform === 'win32')(
  'the program joins the group, and gets its arguments',
  async () => {
    const { executablePath } = await withQuota('/bin/echo', 1, root);
    const { stdout, pid } = spawnSync(executablePath, ['a  b', 'c'], { encoding: 'utf8' });
    expect(stdout).toBe('a  b c\n');
    expect(await readFile(join(root, group, 'cgroup.procs'), 'utf8')).toBe(`${pid}\n`);
  },
);

test('without cgroups there is no quota', async () => {
  await expect(withQuota('/bin/true', 1, join(root, 'missing'))).rejects.toThrow('ENOENT');
  expect(await readdir(root)).toEqual([]);
});

test('a group that cannot get its quota is removed', async () => {
  const refuse = () => Promise.reject(new Error('EINVAL'));
  await expect(withQuota('/bin/true', 1, root, refuse)).rejects.toThrow('EINVAL');
  expect(await readdir(root)).toEqual([]);
});
