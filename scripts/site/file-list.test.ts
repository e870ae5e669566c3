import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isHashed, readGeneration, writeFileList } from './file-list.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'list-'))));
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

test('lists every file with its size and its hash, and not itself', async () => {
  await write('index.html', 'page');
  await write('_astro/page.cNngjUgL.js', 'code');
  await writeFileList(folder);
  await writeFileList(folder);
  const list = JSON.parse(await readFile(join(folder, 'files.json'), 'utf8')) as object;
  expect(list).toMatchObject({
    format: 1,
    generation: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    files: [
      { name: '_astro/page.cNngjUgL.js', bytes: 4 },
      { name: 'index.html', bytes: 4, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    ],
    earlier: [],
  });
});

test('another content or another name is another generation', async () => {
  await write('a.html', 'a');
  const generations = [(await readGeneration(folder)).generation];
  await write('a.html', 'b');
  generations.push((await readGeneration(folder)).generation);
  await rm(join(folder, 'a.html'));
  await write('b.html', 'b');
  generations.push((await readGeneration(folder)).generation);
  expect(new Set(generations).size).toBe(3);
});

test.each([
  '_astro/common.BlgyRO1s.css',
  '_astro/machine.worker-qtBEWxri.js',
  '_astro/ec.0vx5m.js',
  '_astro/Search.astro_astro_type_script_index_0_lang.nN0hhLPL.js',
  'machine/parts/01fe8ed9c0346833.bin',
  'machine/course/snapshot-1b411216.bin',
  'pagefind/fragment/en_290d2b1.pf_fragment',
  'pagefind/pagefind.en_5e69955fd9.pf_meta',
])('%s has a hash in its name', (name) => expect(isHashed(name)).toBe(true));

test.each([
  'index.html',
  'machine/images.json',
  'machine/course/snapshot.json',
  'pagefind/pagefind.js',
  'pagefind/pagefind-entry.json',
  '_astro/../index.html',
  '_astro/x/../../index.abcdef.js',
  '/_astro/common.BlgyRO1s.css',
])('%s has none', (name) => expect(isHashed(name)).toBe(false));
