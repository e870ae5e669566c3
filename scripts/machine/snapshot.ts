/**
 * Makes the snapshot from which every machine starts: boots the base image in Node, saves the state
 * beside the image, and records what cells read of the disk. Does nothing when the one that is there
 * was made from the same inputs.
 * usage: node scripts/machine/snapshot.ts [--level N] [--record | --draft]
 *   --level N   level of zstd; 19 unless given, 10 is quick
 *   --record    makes its state the recorded one; without this, another state than that is an error
 *   --draft     only warns of another state, for those who work on the machine
 */
import { createHash } from 'node:crypto';
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { constants, zstdCompressSync } from 'node:zlib';
import { image } from '../../guest/images/course/image.ts';
import { MEMORY_BYTES } from '../../src/machine/cold-boot.ts';
import { makeSnapshot } from '../../src/machine/make-snapshot.ts';
import { parseManifest, parseSnapshotEntry } from '../../src/machine/image/manifest.ts';
import type { SnapshotEntry } from '../../src/machine/image/manifest.ts';
import { installedEngineVersion, nodeEffects } from '../../src/machine/node-machine.ts';
import { hashTree, isCode } from '../../src/hash-tree.ts';
import { imagesFolder, machineFolder, top } from '../../src/paths.ts';
import { describeOtherState, readStateRecord, writeStateRecord } from './state-record.ts';

const { values } = parseArgs({
  options: {
    level: { type: 'string', default: '19' },
    record: { type: 'boolean', default: false },
    draft: { type: 'boolean', default: false },
  },
});
const level = Number(values.level);
const folder = machineFolder;
/** SHA-256 of the state that all computers have to make. */
const recordFile = join(imagesFolder, 'course/state.sha256');

/** Sources that decide what is in the snapshot. */
const sources = ['scripts/machine', 'guest/images/course', 'src/machine'];

async function inputKey(): Promise<string> {
  const hash = createHash('sha256').update(`${installedEngineVersion()}\n`);
  hash.update(await readFile(join(folder, 'manifest.json')));
  return hash.update(await hashTree(top, sources, isCode)).digest('hex');
}

async function isCurrent(key: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, 'snapshot.json'), 'utf8');
    const entry = parseSnapshotEntry(JSON.parse(text));
    await access(join(folder, entry.file));
    const isRecorded = entry.state === (await readStateRecord(recordFile));
    return entry.key === key && entry.level >= level && (isRecorded || values.draft);
  } catch {
    return false; // none, or one of another format
  }
}

/** Ends with an error for another state than the recorded one: nobody has verified what readers would get. */
async function checkState(state: string): Promise<void> {
  const other = describeOtherState(recordFile, state, await readStateRecord(recordFile));
  if (!other) return;
  if (values.record) {
    await writeStateRecord(recordFile, state);
    console.log(`snapshot: recorded its state in ${relative(top, recordFile)}`);
  } else {
    console.error(other);
    if (!values.draft) process.exit(1);
  }
}

async function writeSnapshot(key: string): Promise<SnapshotEntry> {
  const manifest = parseManifest(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  console.log(`snapshot: booting ${manifest.kernel.version}`);
  const made = await makeSnapshot(manifest, nodeEffects(folder), image);
  const { state, sessions, prefetch } = made;
  const stateHash = createHash('sha256').update(state).digest('hex');
  await checkState(stateHash);
  console.log(`snapshot: packing ${(state.length / 1e6).toFixed(1)} MB`);
  const packed = zstdCompressSync(state, {
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      [constants.ZSTD_c_windowLog]: 23,
    },
  });
  const sha256 = createHash('sha256').update(packed).digest('hex');
  const entry: SnapshotEntry = {
    format: 1,
    file: `snapshot-${sha256.slice(0, 8)}.bin`,
    bytes: packed.length,
    sha256,
    state: stateHash,
    inflatedBytes: state.length,
    engine: installedEngineVersion(),
    memoryBytes: MEMORY_BYTES,
    key,
    level,
    sessions,
    prefetch,
  };
  for (const old of await readdir(folder)) {
    if (old.startsWith('snapshot')) await rm(join(folder, old));
  }
  await writeFile(join(folder, entry.file), packed);
  await writeFile(join(folder, 'snapshot.json'), `${JSON.stringify(entry, undefined, 2)}\n`);
  return entry;
}

const key = await inputKey();
if (await isCurrent(key)) {
  console.log('snapshot: up to date');
} else {
  const entry = await writeSnapshot(key);
  console.log(`snapshot: ${entry.file}, ${(entry.bytes / 1e6).toFixed(1)} MB`);
}
process.exit(0);
