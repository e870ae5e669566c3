/**
 * The recorded state of an image's snapshot: a hash committed with the image. The same inputs give
 * the same state on every computer, so a snapshot with this hash is the verified one.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';

/** The recorded SHA-256 in hexadecimal; undefined if there is no record. */
export async function readStateRecord(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
}

/** Records the hash of a state. */
export async function writeStateRecord(file: string, state: string): Promise<void> {
  await writeFile(file, `${state}\n`);
}

/** Describes a state that is not the recorded one: problem, possible cause and next step. Otherwise undefined. */
export function describeOtherState(
  file: string,
  state: string,
  recorded: string | undefined,
): string | undefined {
  if (state === recorded) return undefined;
  const name = relative('.', file).replaceAll('\\', '/');
  const found = recorded === undefined ? 'nothing' : recorded.slice(0, 12);
  return [
    `${name}: the state of the snapshot is ${state.slice(0, 12)}, but ${found} is recorded.`,
    '  The same inputs give the same state on every computer, so one of them has changed since: the image (images.json),',
    '  its commands in guest/images, code in src/machine, or the installed version of v86.',
    '  If this is intended: run node scripts/start/run.mjs scripts/machine/snapshot.ts --record, then npm run verify, and commit the record.',
    '  If not: git status lists local changes, and npm ci installs the right version of v86.',
  ].join('\n');
}
