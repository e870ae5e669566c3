/**
 * A second image beside the course's: less memory, other options, fewer layers and no second disk. It is
 * packed, booted, snapshotted and restored by the same code, and shares its parts with the course's.
 */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeSnapshot } from '../src/machine/store-snapshot.ts';
import { readImage, readSnapshotEntry } from '../src/machine/image/read-image.ts';
import { LocalMachine } from '../src/machine/local-machine.ts';
import { makeSnapshot } from '../src/machine/make-snapshot.ts';
import { nodeEffects } from '../src/machine/node-machine.ts';
import { runWithOutput } from '../src/machine/step-output.ts';
import { machineFolder } from '../src/paths.ts';
import { commandLine } from './command-line.ts';
import type { ImageRecipe } from './images/image-recipe.ts';
import { packImage, PART_BYTES } from './pack.ts';
import type { BuiltLayer } from './pack.ts';

const recipe: ImageRecipe = {
  memory: 96,
  limit: 20,
  kernelOptions: ['console=ttyS0', 'quiet', 'tsc=reliable', 'random.trust_cpu=on', 'panic=7'],
  root: { device: 'sda', layers: ['base', 'programs', 'settings'] },
  prepare: ['true'],
  recorded: ['ls /usr/bin'],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
  const isSnapshot = (path: string) => path.includes('snapshot');
  await cp(machineFolder, folder, { recursive: true, filter: (path) => !isSnapshot(path) });
});
afterAll(() => rm(folder, { recursive: true }));

/** The layers as they were built, from the parts of the course's image. */
async function builtLayers(): Promise<BuiltLayer[]> {
  const { files, image } = nodeEffects(folder);
  const found = (await readImage({ files, image })).disks.flatMap((disk) => disk.layers);
  return Promise.all(
    recipe.root.layers.map(async (name) => {
      const { parts = [], partBytes = PART_BYTES } =
        found.find((layer) => layer.name === name) ?? {};
      const inflated = parts.map(async (part) =>
        part ? zstdDecompressSync(await files.read(part)) : new Uint8Array(partBytes),
      );
      const bytes = new Uint8Array(Buffer.concat(await Promise.all(inflated)));
      return { name, bytes, partBytes };
    }),
  );
}

test('is packed beside the course’s image, shares its parts and does not change it', async () => {
  const course = nodeEffects(folder);
  const entry = await readImage(course);
  const pool = await readdir(join(folder, 'parts'));
  const layers = await builtLayers();
  const read = (part: Parameters<typeof course.files.read>[0]) => course.files.read(part);
  const packed = await packImage(
    {
      name: 'tiny',
      recipe: 'of a test',
      memoryBytes: recipe.memory * 2 ** 20,
      commandLine: commandLine(recipe, layers),
      version: entry.version,
      kernel: await read(entry.kernel),
      initrd: await read(entry.initrd),
      bios: await read(entry.bios),
      vgaBios: await read(entry.vgaBios),
      disks: [layers],
      packages: [],
      licences: await readFile(join(folder, 'course/licences.txt'), 'utf8'),
      limitBytes: recipe.limit * 2 ** 20,
    },
    folder,
  );
  expect(packed.newBytes).toBe(0);
  expect(packed.allBytes).toBeGreaterThan(8e6);
  expect(await readdir(join(folder, 'parts'))).toEqual(pool);
  expect(await readImage(course)).toEqual(entry);
});

test('boots, and has its own snapshot', async () => {
  const effects = nodeEffects(folder, 'tiny');
  const image = await readImage(effects);
  const snapshot = await makeSnapshot(image, effects, recipe);
  await storeSnapshot(folder, 'tiny', snapshot, { image, key: 'of a test', level: 1 });
  const entry = await readSnapshotEntry(effects);
  expect(entry.image).toEqual(image);
  expect(entry.file).toMatch(/^tiny\/snapshot-/);
  expect(entry.prefetch.length).toBeGreaterThan(0);
  await expect(readSnapshotEntry(nodeEffects(folder))).rejects.toMatchObject({
    failure: 'MissingFile',
  });
});

test('with too little memory fails with the reason', async () => {
  const effects = nodeEffects(folder, 'tiny');
  const image = { ...(await readImage(effects)), memoryBytes: 2 ** 26 };
  await expect(makeSnapshot(image, effects, recipe)).rejects.toThrow('needs more than 64 MiB');
});

test('is restored and runs according to its recipe', async () => {
  const machine = new LocalMachine(nodeEffects(folder, 'tiny'));
  await machine.start();
  const run = (command: string) => runWithOutput(machine, { session: 'host', command });
  const kilobytes = Number((await run("grep MemTotal /proc/meminfo | tr -dc '0-9'")).output);
  expect(kilobytes).toBeGreaterThan(64 * 1024);
  expect(kilobytes).toBeLessThan(96 * 1024);
  expect((await run('cat /proc/sys/kernel/panic')).output).toBe('7\n');
  expect((await run('lsblk -dno NAME,SIZE')).output).toMatch(/^sda +\S+\n$/);
  expect(await run('unshare --pid --fork --mount-proc ps -e -o comm=')).toMatchObject({
    output: 'ps\n',
  });
  expect(await run('ip link')).toMatchObject({ status: 127 });
  expect(await run('mount /scratch')).toMatchObject({ status: 32 });
  await machine.dispose();
});
