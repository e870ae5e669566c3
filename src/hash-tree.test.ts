import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashTree, isCode } from './hash-tree.ts';

let root = '';
async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}
const hash = (paths = ['src'], isInput?: (path: string) => boolean) =>
  hashTree(root, paths, isInput);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hash-'));
  await write('src/a/b/c.ts', 'one');
});
afterEach(() => rm(root, { recursive: true }));

test('detects changed, new, renamed and deleted files in subfolders', async () => {
  const hashes = [await hash()];
  await write('src/a/b/c.ts', 'two');
  hashes.push(await hash());
  await write('src/a/new/d.ts', '');
  hashes.push(await hash());
  await rename(join(root, 'src/a/new/d.ts'), join(root, 'src/a/new/e.ts'));
  hashes.push(await hash());
  await rm(join(root, 'src/a/b/c.ts'));
  hashes.push(await hash());
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('distinguishes the end of a file from the beginning of the next one', async () => {
  await write('src/a/b/d.ts', 'two');
  const before = await hash();
  await rm(join(root, 'src/a/b/d.ts'));
  await write('src/a/b/c.ts', 'onesrc/a/b/d.ts\0two');
  expect(await hash()).not.toBe(before);
});

test('ignores files outside the paths', async () => {
  const before = await hash();
  await write('other/a.ts', 'text');
  expect(await hash()).toBe(before);
});

test('accepts single files, and treats a missing path as an empty folder', async () => {
  expect(await hash(['src', 'src/none'])).toBe(await hash());
  expect(await hash(['src/a/b/c.ts'])).toBe(await hash());
});

test('ignores files that are not inputs', async () => {
  const before = await hash(['.'], isCode);
  await write('src/a/c.test.ts', 'text');
  await write('src/a/c.machine.test.ts', 'text');
  await write('src/a/c.soak.test.ts', 'text');
  await write('README.md', 'text');
  expect(await hash(['.'], isCode)).toBe(before);
  await write('src/a/test.ts', 'text');
  expect(await hash(['.'], isCode)).not.toBe(before);
});
