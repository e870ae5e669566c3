/**
 * Makes the snapshot from which every machine of an image starts: boots an image in Node, saves the state
 * beside the image, and records which parts of the disk cells read. Does nothing if the existing snapshot
 * was made from the same inputs.
 * usage: node scripts/machine/snapshot.ts [--image NAME] [--level N] [--record | --draft]
 *   --level N   compression level of zstd; the default is 19, and 10 is fast
 *   --record    records its state; without this option, a different state is an error
 *   --draft     only warns about a different state, for work on the machine
 */
import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { imageFolder, readRecipe } from '../../guest/images/read-recipe.ts';
import { hashTree, isCode } from '../../src/hash-tree.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import type { ImageEntry } from '../../src/machine/image/manifest.ts';
import { readImage, readSnapshotEntry } from '../../src/machine/image/read-image.ts';
import { makeSnapshot } from '../../src/machine/make-snapshot.ts';
import { installedEngineVersion, nodeEffects } from '../../src/machine/node-machine.ts';
import { machineFolder, top } from '../../src/paths.ts';
import { sha256, storeSnapshot } from './store-snapshot.ts';
import { describeOtherState, readStateRecord, writeStateRecord } from './state-record.ts';

const { values } = parseArgs({
  options: {
    image: { type: 'string', default: DEFAULT_IMAGE },
    level: { type: 'string', default: '19' },
    record: { type: 'boolean', default: false },
    draft: { type: 'boolean', default: false },
  },
});
const level = Number(values.level);
const { image: name } = values;
const effects = nodeEffects(machineFolder, name);
/** The file with the SHA-256 of the verified state. */
const recordFile = join(imageFolder(name), 'state.sha256');

/** The sources that determine the snapshot. */
const sources = ['scripts/machine', relative(top, imageFolder(name)), 'src/machine'];

async function inputKey(image: ImageEntry): Promise<string> {
  const hash = createHash('sha256').update(`${installedEngineVersion()}\n`);
  hash.update(JSON.stringify(image));
  return hash.update(await hashTree(top, sources, isCode)).digest('hex');
}

async function isCurrent(key: string): Promise<boolean> {
  try {
    const entry = await readSnapshotEntry(effects);
    await access(join(machineFolder, entry.file));
    const isRecorded = entry.state === (await readStateRecord(recordFile));
    return entry.key === key && entry.level >= level && (isRecorded || values.draft);
  } catch {
    return false; // missing, or in another format
  }
}

/** Exits with an error if the state is not the recorded one, since it has not been verified. */
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

const image = await readImage(effects);
const key = await inputKey(image);
if (await isCurrent(key)) {
  console.log(`snapshot: that of ${name} is up to date`);
  await checkState((await readSnapshotEntry(effects)).state); // a draft repeats its warning
} else {
  console.log(`snapshot: booting ${name}, ${image.version}`);
  const made = await makeSnapshot(image, effects, await readRecipe(name));
  await checkState(sha256(made.state));
  console.log(`snapshot: packing ${(made.state.length / 1e6).toFixed(1)} MB`);
  const entry = await storeSnapshot(machineFolder, name, made, {
    recipe: image.recipe,
    key,
    level,
  });
  console.log(`snapshot: ${entry.file}, ${(entry.bytes / 1e6).toFixed(1)} MB`);
}
process.exit(0);
