/** Compares a snapshot with the committed record of its image, and writes that record. */
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { SnapshotEntry } from '../../src/machine/image/manifest.ts';
import type { SnapshotRecord } from '../../src/machine/image/snapshot-record.ts';

/** The level of zstd at which readers get snapshots. */
export const RECORDED_LEVEL = 19;
/** The part by which the size may differ from the recorded one: another version of zstd packs a little differently. */
const TOLERANCE = 0.03;

type Stored = Pick<SnapshotEntry, 'state' | 'bytes' | 'level'>;

/** Megabytes with one decimal. */
function megabytesOf(bytes: number): number {
  return Math.max(0.1, Math.round(bytes / 1e5) / 10);
}

/** Records the state and the size of a snapshot that is packed at the recorded level. */
export async function writeRecord(file: string, { state, bytes }: Stored): Promise<void> {
  const record: SnapshotRecord = { state, megabytes: megabytesOf(bytes) };
  await writeFile(file, `${JSON.stringify(record, undefined, 2)}\n`);
}

const nextStep = (image: string): string =>
  `node scripts/start/run.mjs scripts/machine/snapshot.ts --image ${image} --record`;

/** Describes a state that is not the recorded one: problem, possible cause and next step. Otherwise undefined. */
export function describeOtherState(
  file: string,
  image: string,
  state: string,
  recorded: SnapshotRecord | undefined,
): string | undefined {
  if (state === recorded?.state) return undefined;
  const found = recorded === undefined ? 'nothing' : recorded.state.slice(0, 12);
  return [
    `${nameOf(file)}: the state of the snapshot is ${state.slice(0, 12)}, but ${found} is recorded.`,
    '  The same inputs give the same state on every computer, so one of them has changed since: the image (images.json),',
    '  its commands in guest/images, code in src/machine, or the installed version of v86.',
    `  If this is intended: run ${nextStep(image)}, then npm run verify, and commit the record.`,
    '  If not: git status lists local changes, and npm ci installs the right version of v86.',
  ].join('\n');
}

/** Describes a size that pages state wrongly: problem and next step. Undefined if it is right, or packed at another level. */
export function describeOtherSize(
  file: string,
  image: string,
  { bytes, level }: Stored,
  recorded: SnapshotRecord,
): string | undefined {
  // The rounding of the record is no difference.
  const allowed = recorded.megabytes * TOLERANCE + 0.05;
  if (level !== RECORDED_LEVEL || Math.abs(bytes / 1e6 - recorded.megabytes) <= allowed)
    return undefined;
  return [
    `${nameOf(file)}: the snapshot is ${(bytes / 1e6).toFixed(2)} MB, but ${recorded.megabytes} MB are recorded, and pages show readers the recorded size.`,
    `  Run ${nextStep(image)}, and commit the record.`,
  ].join('\n');
}

function nameOf(file: string): string {
  return relative('.', file).replaceAll('\\', '/');
}
