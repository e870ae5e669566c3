import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addToBuild } from './add-to-build.ts';

test('a snapshot replaces the older one in the built site, and is in the list of its files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'added-'));
  const [from, site] = [join(folder, 'machine'), join(folder, 'dist')];
  const to = join(site, 'machine');
  for (const each of [from, to]) await mkdir(join(each, 'big'), { recursive: true });
  await writeFile(join(to, 'big/licences.txt'), '');
  await writeFile(join(to, 'big/snapshot-01.bin'), 'old');
  for (const file of ['licences.txt', 'snapshot-02.bin', 'snapshot.json'])
    await writeFile(join(from, 'big', file), 'new');
  await addToBuild('big', from, to);
  const files = ['licences.txt', 'snapshot-02.bin', 'snapshot.json'];
  expect((await readdir(join(to, 'big'))).sort()).toEqual(files);
  expect(await readFile(join(to, 'big/licences.txt'), 'utf8')).toBe('');
  const list = await readFile(join(site, 'files.json'), 'utf8');
  expect(list).toContain('machine/big/snapshot-02.bin');
  await rm(folder, { recursive: true });
});
