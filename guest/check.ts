/**
 * Compares an image in two folders: its entry, which contains the hashes of all parts, its packages and their
 * licences. With --changed, a program of one layer has changed. That layer may then differ, and all new
 * parts together may have at most that layer's size plus 1 MB.
 * usage: node guest/check.ts IMAGE COMMITTED_FOLDER BUILT_FOLDER [--changed LAYER]
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImageEntry } from '../src/machine/image/manifest.ts';
import { readImage } from '../src/machine/image/read-image.ts';
import { folderFiles } from '../src/machine/node-machine.ts';
import { sizesOf } from './sizes.ts';

const SPARE_BYTES = 1_000_000;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { changed: { type: 'string' } },
});
const [image = '', committed = '', built = ''] = positionals;

const entryIn = (folder: string): Promise<ImageEntry> =>
  readImage({ files: folderFiles(folder), image });

function partsOf({ disks, kernel, initrd }: ImageEntry): Map<string, number> {
  const layers = disks.flatMap((disk) => disk.layers.flatMap(({ parts }) => parts));
  return new Map(
    [kernel, initrd, ...layers].flatMap((part) => (part ? [[part.sha256, part.bytes]] : [])),
  );
}

/** The components of an image, as texts to compare. */
async function describe(folder: string): Promise<Map<string, string>> {
  const { disks, ...rest } = await entryIn(folder);
  const layers = disks.flatMap((disk) => disk.layers);
  return new Map([
    ...Object.entries(rest).map(([key, value]): [string, string] => [key, JSON.stringify(value)]),
    ...layers.map(({ name, parts }): [string, string] => [name, JSON.stringify(parts)]),
    ['packages', await readFile(join(folder, image, 'packages.json'), 'utf8')],
    ['licences', await readFile(join(folder, image, 'licences.txt'), 'utf8')],
  ]);
}

async function checkSame(): Promise<void> {
  const [old, now] = [await describe(committed), await describe(built)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const different = names.filter((name) => old.get(name) !== now.get(name));
  if (different.length)
    throw new Error(`a second build of ${image} gives different bytes: ${different.join(', ')}.`);
  console.log(`${image}: the same bytes as committed.`);
}

async function checkChanged(layer: string): Promise<void> {
  const [old, now] = [await entryIn(committed), await entryIn(built)];
  const known = partsOf(old);
  const added = [...partsOf(now)].filter(([hash]) => !known.has(hash));
  const bytes = added.reduce((sum, [, length]) => sum + length, 0);
  const limit = (sizesOf(now).get(layer) ?? 0) + SPARE_BYTES;
  const message = `a changed program of ${layer} gives ${added.length} new parts of ${bytes} bytes`;
  if (!bytes || bytes > limit)
    throw new Error(`${message}; there must be at least one new byte, and at most ${limit}.`);
  console.log(`${image}: ${message}; at most ${limit} are allowed.`);
}

await (values.changed === undefined ? checkSame() : checkChanged(values.changed)).catch(
  (error: Error) => {
    console.error(`guest:build: ${error.message}`);
    process.exitCode = 1;
  },
);
