import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashInputs } from './input-hash.ts';

let root = '';
const write = (file: string, text: string) => writeFile(join(root, file), text);
const hash = (env = {}) => hashInputs(root, env);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inputs-'));
  await mkdir(join(root, 'content', '.diagrams'), { recursive: true });
  await mkdir(join(root, 'public', 'machine', 'course'), { recursive: true });
  await write('content/a.mdx', 'a');
});
afterEach(() => rm(root, { recursive: true }));

test('changes with the text, the name and the number of files', async () => {
  const before = await hash();
  expect(await hash()).toBe(before);
  await write('content/a.mdx', 'b');
  const changed = await hash();
  await write('content/b.mdx', '');
  expect(new Set([before, changed, await hash()]).size).toBe(3);
});

test("changes with an image's commands and with the recorded state", async () => {
  const hashes = [await hash()];
  for (const file of ['image.ts', 'snapshot-record.json']) {
    await mkdir(join(root, 'guest/images/course'), { recursive: true });
    await write(`guest/images/course/${file}`, 'a');
    hashes.push(await hash());
  }
  expect(new Set(hashes).size).toBe(3);
});

test('changes with a patch of a program in an image', async () => {
  const before = await hash();
  await mkdir(join(root, 'guest/programs/recipes'), { recursive: true });
  await write('guest/programs/recipes/bash.patch', 'reason');
  expect(await hash()).not.toBe(before);
});

test('changes with a file in a subfolder', async () => {
  const before = await hash();
  await mkdir(join(root, 'src/cells/match'), { recursive: true });
  await write('src/cells/match/a.ts', 'a');
  expect(await hash()).not.toBe(before);
});

test('changes with the address of the site', async () => {
  expect(await hash({ BASE_PATH: '/x' })).not.toBe(await hash());
});

test('does not change when the build writes its own files', async () => {
  const before = await hash();
  await write('content/.diagrams/x.svg', 'x');
  await write('public/machine/course/snapshot-1.bin', 'x');
  expect(await hash()).toBe(before);
});
