/**
 * Writes an image into the machine's folder: parts that a browser can fetch, and an entry in images.json.
 * All images share one pool of parts, each named by its hash. Other images are not changed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { partFile } from '../src/machine/image/manifest.ts';
import type { PackageEntry } from './packages.ts';

/** Length of a part, unless its layer sets another length. */
export const PART_BYTES = 512 * 1024;

/** A layer of a disk; its bytes are filled up with zeros to a whole number of parts. */
export interface BuiltLayer {
  name: string;
  bytes: Uint8Array;
  /** Length of its parts. Large ones are for files that have much in common. */
  partBytes: number;
}

/** The inputs of an image. */
export interface BuiltImage {
  name: string;
  /** Hash of its sources. */
  recipe: string;
  memoryBytes: number;
  commandLine: string;
  /** Release of the kernel. */
  version: string;
  kernel: Uint8Array;
  initrd: Uint8Array;
  bios: Uint8Array;
  vgaBios: Uint8Array;
  /** The layers of each disk. */
  disks: readonly (readonly BuiltLayer[])[];
  packages: readonly PackageEntry[];
  licences: string;
  /** Limit of all its parts together, in bytes. */
  limitBytes: number;
}

/** A part in images.json; its hash is the name of its file. */
interface Part {
  bytes: number;
  sha256: string;
}

type Images = Record<string, unknown>;

/** Bytes of the parts that are new in the folder, and of all parts of the image. */
export interface Packed {
  newBytes: number;
  allBytes: number;
}

/**
 * Writes the image to the folder, replaces an older one of its name, and removes the parts that no image
 * uses any more. Rejects, and writes nothing, when it is larger than its limit.
 */
export async function packImage(built: BuiltImage, folder: string): Promise<Packed> {
  const parts = new Map<string, Uint8Array>();
  const put = (bytes: Uint8Array): Part => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    parts.set(sha256, bytes);
    return { bytes: bytes.length, sha256 };
  };
  const { name, recipe, memoryBytes, commandLine, version } = built;
  const entry = {
    recipe,
    memoryBytes,
    commandLine,
    version,
    kernel: put(built.kernel),
    initrd: put(built.initrd),
    bios: put(built.bios),
    vgaBios: put(built.vgaBios),
    disks: built.disks.map((layers) => ({
      layers: layers.map((layer) => ({
        name: layer.name,
        partBytes: layer.partBytes,
        parts: packLayer(layer, put),
      })),
    })),
  };
  const allBytes = [...parts.values()].reduce((sum, { length }) => sum + length, 0);
  if (allBytes > built.limitBytes)
    throw new Error(
      `The image ${name} has ${allBytes} bytes in parts; its limit is ${built.limitBytes}.`,
    );

  await mkdir(join(folder, 'parts'), { recursive: true });
  await mkdir(join(folder, name), { recursive: true });
  let newBytes = 0;
  for (const [sha256, bytes] of parts) {
    const path = join(folder, partFile(sha256));
    if (await holds(path, bytes)) continue;
    await replaceFile(path, bytes);
    newBytes += bytes.length;
  }
  await writeFile(join(folder, name, 'licences.txt'), built.licences);
  await writeJson(join(folder, name, 'packages.json'), built.packages);
  const images = { ...(await readImages(folder)), [name]: entry };
  await writeJson(join(folder, 'images.json'), { format: 3, images });
  await removeUnnamed(folder, images);
  return { newBytes, allBytes };
}

function packLayer(
  { bytes, partBytes }: BuiltLayer,
  put: (bytes: Uint8Array) => Part,
): (Part | null)[] {
  const parts: (Part | null)[] = [];
  for (let at = 0; at < bytes.length; at += partBytes) {
    const part = new Uint8Array(partBytes);
    part.set(bytes.subarray(at, at + partBytes));
    const params = {
      [constants.ZSTD_c_compressionLevel]: 19,
      // Finds content that files far apart have in common.
      [constants.ZSTD_c_enableLongDistanceMatching]: partBytes > PART_BYTES ? 1 : 0,
    };
    parts.push(part.every((byte) => byte === 0) ? null : put(zstdCompressSync(part, { params })));
  }
  return parts;
}

/** The entries of images.json, or none when there is no such file. */
async function readImages(folder: string): Promise<Images> {
  const text = await readIfPresent(join(folder, 'images.json'));
  return text ? (JSON.parse(text.toString()) as { images: Images }).images : {};
}

/** Whether a file has exactly these bytes: an interrupted build may have left only some of them. */
async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  return (await readIfPresent(path))?.equals(bytes) ?? false;
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
}

function writeJson(path: string, value: unknown): Promise<void> {
  return replaceFile(path, `${JSON.stringify(value, undefined, 1)}\n`);
}

/** Writes a file as a whole or not at all. */
async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}

async function removeUnnamed(folder: string, images: Images): Promise<void> {
  const text = JSON.stringify(images);
  const named = new Set(
    [...text.matchAll(/"sha256":"(\w+)"/g)].map(([, hash = '']) => partFile(hash)),
  );
  for (const file of await readdir(join(folder, 'parts'))) {
    if (!named.has(`parts/${file}`)) await rm(join(folder, 'parts', file));
  }
}
