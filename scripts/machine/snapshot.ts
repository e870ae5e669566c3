/**
 * Makes the snapshot from which every machine of an image starts: boots an image in Node, saves the state
 * beside the image, and records which parts of the disk cells read. Does nothing if the existing snapshot
 * was made from the same inputs.
 * usage: node scripts/machine/snapshot.ts [--image NAME] [--level N] [--record | --draft]
 *   --level N   compression level of zstd; the default is 19, and 10 is fast
 *   --record    records its state and its size; without this option, a difference is an error
 *   --draft     only warns about a difference, for work on the machine
 * A process that starts this one gets its progress as messages, see src/machine/image/pending-snapshot.ts.
 */
import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { imageFolder, readRecipe } from '../../guest/images/read-recipe.ts';
import { hashTree, isCode } from '../../src/hash-tree.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import type { ImageEntry, SnapshotEntry } from '../../src/machine/image/manifest.ts';
import { readImage, readSnapshotEntry } from '../../src/machine/image/read-image.ts';
import { readRecord, recordFile } from '../../src/machine/image/snapshot-record.ts';
import { makeSnapshot } from '../../src/machine/make-snapshot.ts';
import { installedEngineVersion, nodeEffects } from '../../src/machine/node-machine.ts';
import { machineFolder, top } from '../../src/paths.ts';
import {
  describeOtherSize,
  describeOtherState,
  RECORDED_LEVEL,
  writeRecord,
} from './compare-record.ts';
import { StepLine } from './step-line.ts';
import { sha256, storeSnapshot } from '../../src/machine/store-snapshot.ts';

const { values } = parseArgs({
  options: {
    image: { type: 'string', default: DEFAULT_IMAGE },
    level: { type: 'string', default: `${RECORDED_LEVEL}` },
    record: { type: 'boolean', default: false },
    draft: { type: 'boolean', default: false },
  },
});
// The process that started this one has ended, for instance because someone pressed Ctrl-C.
if (process.send) process.once('disconnect', () => process.exit(1));
const level = values.record ? RECORDED_LEVEL : Number(values.level);
const { image: name } = values;
const effects = nodeEffects(machineFolder, name);
const record = recordFile(name);

/** The sources that determine the snapshot. */
const sources = ['scripts/machine', relative(top, imageFolder(name)), 'src/machine'];

async function inputKey(image: ImageEntry): Promise<string> {
  const hash = createHash('sha256').update(`${installedEngineVersion()}\n`);
  hash.update(JSON.stringify(image));
  // The record is a result.
  const isSource = (path: string): boolean => isCode(path) && join(top, path) !== record;
  return hash.update(await hashTree(top, sources, isSource)).digest('hex');
}

async function isCurrent(key: string): Promise<boolean> {
  try {
    const entry = await readSnapshotEntry(effects);
    await access(join(machineFolder, entry.file));
    const isRecorded = entry.state === readRecord(record)?.state;
    const isKept = isRecorded || values.draft || values.record;
    return entry.key === key && entry.level >= level && isKept;
  } catch {
    return false; // missing, or in another format
  }
}

/** Prints a difference. It is an error unless the snapshot is a draft: nothing has been verified with this state. */
function report(difference: string): void {
  console.error(difference);
  if (!values.draft) process.exit(1);
}

/** Ends with an error if the state is not the recorded one. */
function checkState(state: string): void {
  const other = describeOtherState(record, name, state, readRecord(record));
  if (other && !values.record) report(other);
}

/** Compares a stored snapshot with the record, or records it. */
async function checkStored(entry: SnapshotEntry): Promise<void> {
  const recorded = readRecord(record);
  const other =
    describeOtherState(record, name, entry.state, recorded) ??
    (recorded && describeOtherSize(record, name, entry, recorded));
  if (!other) return;
  if (!values.record) return report(other);
  await writeRecord(record, entry);
  console.log(`snapshot: recorded its state and its size in ${relative(top, record)}`);
}

const image = await readImage(effects);
const key = await inputKey(image);
if (await isCurrent(key)) {
  console.log(`snapshot: that of ${name} is up to date`);
  await checkStored(await readSnapshotEntry(effects)); // a draft repeats its warning
} else {
  console.log(`snapshot: booting ${name}, ${image.version}`);
  const line = new StepLine(process.stdout, `snapshot: ${name}`);
  const made = await makeSnapshot(image, effects, await readRecipe(name), (done, of) => {
    // Packing is one more step.
    process.send?.({ done, of: of + 1 });
    line.show(done, of + 1);
  });
  line.clear();
  checkState(sha256(made.state));
  console.log(`snapshot: packing ${(made.state.length / 1e6).toFixed(1)} MB`);
  const entry = await storeSnapshot(machineFolder, name, made, { image, key, level });
  console.log(`snapshot: ${entry.file}, ${(entry.bytes / 1e6).toFixed(1)} MB`);
  await checkStored(entry);
}
process.exit(0);
