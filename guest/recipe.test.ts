import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { folderFiles } from '../src/machine/node-machine.ts';
import { readImage } from '../src/machine/image/read-image.ts';
import { machineFolder } from '../src/paths.ts';
import type { ImageRecipe } from './images/image-recipe.ts';
import { readRecipe } from './images/read-recipe.ts';
import { recipeHash } from './recipe.ts';

const files = folderFiles(machineFolder);
const { images } = (await files.readJson('images.json')) as { images: Record<string, unknown> };

test.each(Object.keys(images))('the committed %s was built from its recipe', async (image) => {
  const { recipe } = await readImage({ files, image });
  const reason = `guest/ was changed: run \`npm run guest:build -- ${image}\` and commit public/machine/ as well`;
  expect(recipe, reason).toBe(await recipeHash(image, await readRecipe(image), 'guest'));
});

test('the machine’s folder contains exactly the parts that images name', async () => {
  const named = new Set(
    [...JSON.stringify(images).matchAll(/"sha256":"(\w{16})/g)].map(([, hash]) => `${hash}.bin`),
  );
  expect(new Set(await readdir(join(machineFolder, 'parts')))).toEqual(named);
});

/** Inflates files that begin like zstd or gzip, and returns others unchanged. */
function inflate(bytes: Buffer): Buffer {
  const start = bytes.toString('hex', 0, 4);
  if (start === '28b52ffd') return zstdDecompressSync(bytes);
  return start.startsWith('1f8b') ? gunzipSync(bytes) : bytes;
}

// guest/build.sh builds in this folder. Compilers and configure scripts often record it.
test('neither the disk nor the agent contains the folder in which it was built', async () => {
  const folder = join(machineFolder, 'parts');
  const found: string[] = [];
  for (const file of await readdir(folder)) {
    const bytes = await readFile(join(folder, file));
    if (inflate(bytes).includes('.cache/guest')) found.push(file);
  }
  expect(found).toEqual([]);
});

const recipe: ImageRecipe = {
  memory: 64,
  limit: 1,
  kernelOptions: ['quiet'],
  root: { device: 'sda', layers: ['root'] },
  prepare: [],
  recorded: [],
};

test('the hash depends on names and contents, not on documents, tests, reports and comparisons', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recipe-'));
  for (const name of [
    'a/baseline',
    'baseline',
    'conformance',
    'images/one',
    'images/two',
    'layers/root',
    'layers/extra',
  ])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'a/x.c'), 'one');
  const first = await recipeHash('one', recipe, folder);
  await writeFile(join(folder, 'README.md'), 'words');
  await writeFile(join(folder, 'a/x.test.ts'), 'test');
  await writeFile(join(folder, 'baseline/build.sh'), 'what the bench compares with');
  await writeFile(join(folder, 'conformance/build.sh'), 'what its commands are compared with');
  for (const name of ['check', 'lock', 'recipe', 'sizes'])
    await writeFile(join(folder, `${name}.ts`), 'only checks and reports');
  await writeFile(join(folder, 'images/two/packages'), 'another image');
  await writeFile(join(folder, 'layers/extra/contents'), 'a layer of another image');
  expect(await recipeHash('one', recipe, folder)).toBe(first);
  await writeFile(join(folder, 'images/one/packages'), 'this image');
  const third = await recipeHash('one', recipe, folder);
  expect(third).not.toBe(first);
  await writeFile(join(folder, 'a/x.c'), 'two');
  const second = await recipeHash('one', recipe, folder);
  expect(second).not.toBe(third);
  await writeFile(join(folder, 'a/baseline/x.c'), 'part of the image');
  const fourth = await recipeHash('one', recipe, folder);
  expect(fourth).not.toBe(second);
  await writeFile(join(folder, 'layers/root/contents'), 'its own layer');
  const fifth = await recipeHash('one', recipe, folder);
  expect(fifth).not.toBe(fourth);
  const layers = ['root', 'extra'];
  const withExtra = { ...recipe, root: { ...recipe.root, layers } };
  const sixth = await recipeHash('one', withExtra, folder);
  await writeFile(join(folder, 'layers/extra/contents'), 'now its own layer as well');
  expect(await recipeHash('one', withExtra, folder)).not.toBe(sixth);
  expect(await recipeHash('one', recipe, folder)).toBe(fifth);
  await rm(folder, { recursive: true });
});

test('the hash depends on the image, not on the commands for its snapshot', async () => {
  const hash = (change: Partial<ImageRecipe>) =>
    recipeHash('one', { ...recipe, ...change }, 'guest/images');
  const first = await hash({});
  expect(await hash({ memory: 128 })).not.toBe(first);
  expect(await hash({ kernelOptions: [] })).not.toBe(first);
  expect(await hash({ prepare: ['true'], recorded: ['true'], limit: 2 })).toBe(first);
});
