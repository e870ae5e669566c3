/** The real packer, with layers in place of file systems. */
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readImage } from '../src/machine/image/read-image.ts';
import { folderFiles } from '../src/machine/node-machine.ts';
import { packImage, PART_BYTES } from './pack.ts';
import type { BuiltImage, BuiltLayer } from './pack.ts';

// Packing takes seconds on a busy computer.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Pseudorandom bytes, the same for the same seed. */
function program(seed: number, bytes: number): Uint8Array {
  let value = seed;
  return new Uint8Array(bytes).map(() => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return value >>> 24;
  });
}

/** A layer with these programs in sequence, as in an uncompressed file system. */
function layer(name: string, programs: readonly Uint8Array[], partBytes = PART_BYTES): BuiltLayer {
  return { name, bytes: new Uint8Array(Buffer.concat(programs)), partBytes };
}

const ours = [program(1, 300_000), program(2, 900_000), program(3, 700_000)];
const debian = [program(4, 800_000), program(5, 1_200_000)];

function image(changes: Partial<BuiltImage> = {}): BuiltImage {
  return {
    name: 'one',
    recipe: 'r',
    memoryBytes: 2 ** 26,
    commandLine: 'quiet',
    version: '6.12',
    kernel: program(10, 1000),
    initrd: program(11, 1000),
    bios: program(12, 1000),
    vgaBios: program(13, 1000),
    disks: [
      [layer('ours', ours), layer('debian', debian)],
      [{ name: 'scratch', bytes: new Uint8Array(2 ** 21), partBytes: PART_BYTES }],
    ],
    packages: [],
    licences: 'texts',
    limitBytes: 2 ** 24,
    ...changes,
  };
}

const read = (name: string) => readImage({ files: folderFiles(folder), image: name });
const partsIn = async () => new Set(await readdir(join(folder, 'parts')));

test('each file has the name in its entry and consists of whole parts; zeros have no file', async () => {
  await packImage(image(), folder);
  const { kernel, disks } = await read('one');
  const files = folderFiles(folder);
  expect(Buffer.compare(await files.read(kernel), image().kernel)).toBe(0);
  const [root, scratch] = disks;
  expect(root?.layers.map(({ name, partBytes, parts }) => [name, partBytes, parts.length])).toEqual(
    [
      ['ours', PART_BYTES, 4],
      ['debian', PART_BYTES, 4],
    ],
  );
  expect(scratch?.layers[0]?.parts).toEqual([null, null, null, null]);
});

test('programs that have much in common take little room in a large part', async () => {
  const library = program(6, 900_000);
  const programs = [
    program(7, 1000),
    library,
    program(8, 3000),
    library,
    program(9, 2000),
    library,
  ];
  const packed = async (partBytes?: number) => {
    const disks = [[layer('tools', programs, partBytes)]];
    await packImage(image({ disks }), folder);
    const parts = (await read('one')).disks[0]?.layers[0]?.parts ?? [];
    return parts.reduce((sum, part) => sum + (part?.bytes ?? 0), 0);
  };
  expect(await packed()).toBeGreaterThan(2_700_000);
  expect(await packed(8 * PART_BYTES)).toBeLessThan(1_000_000);
});

test('a program that has grown changes only the parts of its layer', async () => {
  await packImage(image(), folder);
  const before = await read('one');
  const old = await partsIn();
  const grown = layer('ours', [ours[0] ?? [], program(2, 990_000), ours[2] ?? []] as Uint8Array[]);
  await packImage(image({ disks: [[grown, layer('debian', debian)]] }), folder);
  const now = await read('one');
  const added = [...(await partsIn())].filter((part) => !old.has(part));
  expect(added.length).toBeGreaterThan(0);
  expect(added.length).toBeLessThanOrEqual(4);
  expect(now.disks[0]?.layers[1]).toEqual(before.disks[0]?.layers[1]);
});

test('images share parts, and building one does not change the others', async () => {
  await packImage(image(), folder);
  const [entry, pool] = [await read('one'), await partsIn()];
  const two = image({ name: 'two', memoryBytes: 2 ** 25, disks: [[layer('debian', debian)]] });
  expect(await packImage(two, folder)).toMatchObject({ newBytes: 0 });
  expect(await partsIn()).toEqual(pool);
  const own = layer('own', [program(20, 100)]);
  await packImage({ ...two, disks: [[layer('debian', debian), own]] }, folder);
  expect((await partsIn()).size).toBe(pool.size + 1);
  await packImage(two, folder);
  expect(await partsIn()).toEqual(pool);
  expect(await read('one')).toEqual(entry);
  expect((await read('two')).disks[0]?.layers).toEqual([entry.disks[0]?.layers[1]]);
});

test('an image over its limit is rejected before anything is written', async () => {
  await packImage(image(), folder);
  const before = await readFile(join(folder, 'images.json'), 'utf8');
  const pool = await partsIn();
  const large = image({ recipe: 'new', kernel: program(30, 2000), limitBytes: 1000 });
  await expect(packImage(large, folder)).rejects.toThrow('The image one has');
  expect(await readFile(join(folder, 'images.json'), 'utf8')).toBe(before);
  expect(await partsIn()).toEqual(pool);
});

test('a part that an interrupted build has left incomplete is written again', async () => {
  await packImage(image(), folder);
  const { kernel } = await read('one');
  await writeFile(join(folder, kernel.file), image().kernel.subarray(0, 10));
  expect(await packImage(image(), folder)).toMatchObject({ newBytes: kernel.bytes });
  expect(await folderFiles(folder).read(kernel)).toHaveLength(kernel.bytes);
});

test('a list of images that cannot be read is an error, and the other images stay', async () => {
  await packImage(image(), folder);
  await rm(join(folder, 'images.json'));
  await symlink('images.json', join(folder, 'images.json'));
  const pool = await partsIn();
  const two = image({ name: 'two', disks: [[layer('own', [program(20, 100)])]] });
  await expect(packImage(two, folder)).rejects.toThrow('ELOOP');
  expect([...(await partsIn())]).toEqual(expect.arrayContaining([...pool]));
});

test('a missing image is named, with the existing ones', async () => {
  await packImage(image(), folder);
  await expect(read('two')).rejects.toThrow('There is no image "two"; there are: one.');
});
