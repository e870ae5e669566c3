/** Writes a snapshot beside its image. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { printSnapshotEntry } from './image/manifest.ts';
import type { SnapshotEntry } from './image/manifest.ts';
import type { Snapshot } from './make-snapshot.ts';
import { installedEngineVersion, readInstalledEngine } from './node-machine.ts';

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Above this length of a state, a page spends memory on a larger window of zstd to download less. */
const LARGE_STATE = 64e6;

/** Compresses a snapshot with this level of zstd, and replaces the image's older one in the machine's folder. */
export async function storeSnapshot(
  folder: string,
  name: string,
  { state, sessions, prefetch }: Snapshot,
  { image, key, level }: Pick<SnapshotEntry, 'image' | 'key' | 'level'>,
): Promise<SnapshotEntry> {
  const packed = zstdCompressSync(state, {
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      // A page needs memory for the window: 32 or 8 MiB. Figures are in docs/levers.md.
      [constants.ZSTD_c_windowLog]: state.length > LARGE_STATE ? 25 : 23,
      [constants.ZSTD_c_enableLongDistanceMatching]: state.length > LARGE_STATE ? 1 : 0,
    },
  });
  const hash = sha256(packed);
  const engine = await readInstalledEngine();
  const entry: SnapshotEntry = {
    format: 3,
    file: `${name}/snapshot-${hash.slice(0, 8)}.bin`,
    bytes: packed.length,
    sha256: hash,
    state: sha256(state),
    inflatedBytes: state.length,
    engine: { version: installedEngineVersion(), bytes: engine.length, sha256: sha256(engine) },
    image,
    key,
    level,
    sessions,
    prefetch,
  };
  await mkdir(join(folder, name), { recursive: true });
  for (const old of await readdir(join(folder, name))) {
    if (old.startsWith('snapshot')) await rm(join(folder, name, old));
  }
  await writeFile(join(folder, entry.file), packed);
  await writeFile(join(folder, name, 'snapshot.json'), printSnapshotEntry(entry));
  return entry;
}
