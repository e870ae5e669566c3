/**
 * Packs the image that guest/build.sh has built.
 * usage: node guest/pack-built.ts IMAGE CACHE_FOLDER MACHINE_FOLDER
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFiles } from '../src/machine/node-machine.ts';
import { readImage } from '../src/machine/image/read-image.ts';
import { commandLine } from './command-line.ts';
import { readRecipe } from './images/read-recipe.ts';
import { collectLicences, usedPackages } from './packages.ts';
import { PART_BYTES, packImage } from './pack.ts';
import type { BuiltLayer } from './pack.ts';
import { recipeHash } from './recipe.ts';
import { compareSizes, sizesOf } from './sizes.ts';

const MIB = 2 ** 20;
const [image, cache, folder] = process.argv.slice(2);
if (!image || !cache || !folder)
  throw new Error('usage: node guest/pack-built.ts IMAGE CACHE_FOLDER MACHINE_FOLDER');

const built = (file: string): Promise<Uint8Array> => readFile(join(cache, file));
const layer = async (name: string, file: string, partBytes = PART_BYTES): Promise<BuiltLayer> => ({
  name,
  bytes: await built(file),
  partBytes,
});

const source = { files: folderFiles(folder), image };
const before = await readImage(source).catch(() => undefined);
const recipe = await readRecipe(image);
const { layers, partMebibytes = {} } = recipe.root;
const root = await Promise.all(
  layers.map((name) => {
    const mebibytes = partMebibytes[name];
    return layer(name, `${name}.sqfs`, mebibytes === undefined ? undefined : mebibytes * MIB);
  }),
);
const scratch = recipe.scratch && [await layer(recipe.scratch.label, 'scratch.ext4')];
const packages = await usedPackages(cache);
const { newBytes, allBytes } = await packImage(
  {
    name: image,
    recipe: await recipeHash(image, recipe, import.meta.dirname),
    memoryBytes: recipe.memory * MIB,
    commandLine: commandLine(recipe, root),
    version: (await readFile(join(cache, 'kernel-version'), 'utf8')).trim(),
    kernel: await built('bzImage'),
    initrd: await built('agent.cpio.gz'),
    bios: await built('bios.bin'),
    vgaBios: await built('vgabios.bin'),
    disks: scratch ? [root, scratch] : [root],
    packages,
    licences: await collectLicences(cache, packages),
    limitBytes: recipe.limit * MIB,
  },
  folder,
);
const now = await readImage(source);
console.log(compareSizes(before && sizesOf(before), sizesOf(now)).join('\n'));
console.log(
  `${image}: ${(allBytes / MIB).toFixed(1)} MiB in parts, ${(newBytes / MIB).toFixed(1)} MiB of them new; ` +
    `kernel ${now.version}`,
);
