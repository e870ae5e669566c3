import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseManifest } from '../src/machine/image/manifest.ts';
import { recipeHash } from './recipe.ts';
import { machineFolder } from '../src/paths.ts';

test('the committed image was built from the recipe as it stands', async () => {
  const manifest = parseManifest(
    JSON.parse(await readFile(join(machineFolder, 'manifest.json'), 'utf8')),
  );
  const reason = 'guest/ was changed: run `npm run guest:build` and commit public/machine/, too';
  expect(manifest.recipe, reason).toBe(await recipeHash('guest'));
});

test('the hash depends on names and contents, not on documents, tests and the baseline', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recipe-'));
  for (const name of ['a', 'a/baseline', 'baseline']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'a/x.c'), 'one');
  const first = await recipeHash(folder);
  await writeFile(join(folder, 'README.md'), 'words');
  await writeFile(join(folder, 'a/x.test.ts'), 'test');
  await writeFile(join(folder, 'baseline/build.sh'), 'what the bench compares with');
  expect(await recipeHash(folder)).toBe(first);
  await writeFile(join(folder, 'a/x.c'), 'two');
  const second = await recipeHash(folder);
  expect(second).not.toBe(first);
  await writeFile(join(folder, 'a/baseline/x.c'), 'part of the image');
  expect(await recipeHash(folder)).not.toBe(second);
  await rm(folder, { recursive: true });
});
