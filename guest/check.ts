/**
 * Compares an image in two folders: its entry, which holds the hashes of all parts, its packages and their
 * licences. usage: node guest/check.ts IMAGE COMMITTED_FOLDER BUILT_FOLDER
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readImage } from '../src/machine/image/read-image.ts';
import { folderFiles } from '../src/machine/node-machine.ts';

const [image = '', committed = '', built = ''] = process.argv.slice(2);

async function describe(folder: string): Promise<Map<string, string>> {
  const entry = await readImage({ files: folderFiles(folder), image });
  const { disks, ...rest } = entry;
  const layers = disks.flatMap((disk) => disk.layers);
  return new Map([
    ...Object.entries(rest).map(([key, value]): [string, string] => [key, JSON.stringify(value)]),
    ...layers.map(({ name, parts }): [string, string] => [`layer ${name}`, JSON.stringify(parts)]),
    ['packages', await readFile(join(folder, image, 'packages.json'), 'utf8')],
    ['licences', await readFile(join(folder, image, 'licences.txt'), 'utf8')],
  ]);
}

const [old, now] = [await describe(committed), await describe(built)];
const names = [...new Set([...old.keys(), ...now.keys()])];
const different = names.filter((name) => old.get(name) !== now.get(name));
if (different.length) {
  console.error(
    `guest:build: another build of ${image} gives other bytes: ${different.join(', ')}.`,
  );
  process.exitCode = 1;
} else {
  console.log(`${image}: the same bytes as committed.`);
}
