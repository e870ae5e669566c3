/**
 * Writes the built image to public/machine/: parts that a browser can fetch, their licences, and the
 * manifest. usage: node guest/pack.ts CACHE_FOLDER RESULT_FOLDER
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, zstdCompressSync } from 'node:zlib';
import type { DiskEntry, FileEntry, Manifest } from '../src/machine/image/manifest.ts';
import { collectLicences, usedPackages } from './packages.ts';
import { recipeHash } from './recipe.ts';
import { compareSizes, sizesOf } from './sizes.ts';

const PART_BYTES = 512 * 1024;
const LIMIT_BYTES = 20 * 1024 * 1024;

const [cache, target] = process.argv.slice(2);
if (!cache || !target) throw new Error('usage: node guest/pack.ts CACHE_FOLDER RESULT_FOLDER');

const here = dirname(fileURLToPath(import.meta.url));

/** Writes a file whose name ends in a part of its hash, so that a cached old one is never taken for it. */
async function put(name: string, extension: string, bytes: Uint8Array): Promise<FileEntry> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = `${name}-${sha256.slice(0, 8)}.${extension}`;
  await writeFile(join(target as string, file), bytes);
  return { file, bytes: bytes.length, sha256 };
}

async function putCached(name: string, extension: string, cached: string): Promise<FileEntry> {
  return put(name, extension, await readFile(join(cache as string, cached)));
}

/** The names end in .bin: a server would declare .zst or .gz as an encoding, and browsers undo it. */
async function putDisk(name: string, cached: string): Promise<DiskEntry> {
  const disk = await readFile(join(cache as string, cached));
  const parts: DiskEntry['parts'] = [];
  for (let at = 0; at < disk.length; at += PART_BYTES) {
    const part = disk.subarray(at, at + PART_BYTES);
    if (part.every((byte) => byte === 0)) {
      parts.push(null);
      continue;
    }
    const packed = zstdCompressSync(part, {
      params: { [constants.ZSTD_c_compressionLevel]: 19 },
    });
    parts.push(await put(`${name}-${String(parts.length).padStart(3, '0')}`, 'bin', packed));
  }
  return { bytes: disk.length, partBytes: PART_BYTES, parts };
}

await mkdir(target, { recursive: true });
const before = await readFile(join(target, 'manifest.json'), 'utf8').catch(() => undefined);
for (const old of await readdir(target)) await rm(join(target, old), { recursive: true });

const packages = await usedPackages(cache);
await writeFile(join(target, 'licences.txt'), await collectLicences(cache, packages));
const manifest: Manifest = {
  format: 1,
  recipe: await recipeHash(here),
  kernel: {
    ...(await putCached('kernel', 'bin', 'bzImage')),
    version: (await readFile(join(cache, 'kernel-version'), 'utf8')).trim(),
  },
  agent: await putCached('agent', 'bin', 'agent.cpio.gz'),
  bios: await putCached('bios', 'bin', 'bios.bin'),
  vgaBios: await putCached('vgabios', 'bin', 'vgabios.bin'),
  root: await putDisk('root', 'root.sqfs'),
  scratch: await putDisk('scratch', 'scratch.ext4'),
  packages,
};
await writeFile(join(target, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);

if (before) console.log(compareSizes(JSON.parse(before) as Manifest, manifest).join('\n'));
const sizes = sizesOf(manifest);
const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
console.log(`${(total / 2 ** 20).toFixed(1)} MiB, kernel ${manifest.kernel.version}`);
if (total > LIMIT_BYTES)
  throw new Error(`The image has ${total} bytes; at most ${LIMIT_BYTES} may be committed.`);
