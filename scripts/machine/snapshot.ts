/**
 * Makes the snapshot from which every machine of an image starts: boots an image in Node, saves the state
 * beside the image, and records what cells read of the disk. Does nothing when the one that is there
 * was made from the same inputs.
 * usage: node scripts/machine/snapshot.ts [--image NAME] [--level N] [--record | --draft]
 *   --level N   level of zstd; 19 unless given, 10 is quick
 *   --record    records the state as the one to verify and to serve; else another one ends with an error
 *   --draft     takes another state than the recorded one, as while one works on the machine
 */
import { createHash } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
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
/** SHA-256 of the state that was verified with the image. */
const recordFile = join(imageFolder(name), 'state.sha256');

/** Sources that decide what is in the snapshot. */
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
    const isRecorded = entry.state === (await recordedState());
    return entry.key === key && entry.level >= level && (isRecorded || values.draft);
  } catch {
    return false; // none, or one of another format
  }
}

/**
 * Compares a state with the one that was verified with this image. Throws when it is another one, since
 * then nobody has verified what readers would get; with --record it becomes the recorded one.
 */
async function checkState(state: string): Promise<void> {
  if (state === (await recordedState())) return;
  if (values.record) {
    await writeFile(recordFile, `${state}\n`);
    console.log(`snapshot: recorded its state in ${relative(top, recordFile)}`);
    return;
  }
  const message = [
    `The state of the snapshot is ${state.slice(0, 12)}…, not the one recorded in ${relative(top, recordFile)}.`,
    'The same sources give the same state on every computer, so they have changed since it was recorded.',
    'If they should: node scripts/machine/snapshot.ts --record, then npm run verify, and commit the record.',
  ].join('\n');
  if (!values.draft) throw new Error(message);
  console.log(`snapshot: ${message}`);
}

async function recordedState(): Promise<string | undefined> {
  return readFile(recordFile, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

const image = await readImage(effects);
const key = await inputKey(image);
if (await isCurrent(key)) {
  console.log(`snapshot: that of ${name} is up to date`);
} else {
  console.log(`snapshot: booting ${name}, ${image.version}`);
  const made = await makeSnapshot(image, effects, await readRecipe(name));
  await checkState(sha256(made.state));
  console.log(`snapshot: packing ${(made.state.length / 1e6).toFixed(1)} MB`);
  const entry = await storeSnapshot(machineFolder, name, made, { key, level });
  console.log(`snapshot: ${entry.file}, ${(entry.bytes / 1e6).toFixed(1)} MB`);
}
process.exit(0);
