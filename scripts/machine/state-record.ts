/**
 * The recorded state of an image's snapshot: a hash that is committed with the image. The same inputs give
 * the same state on every computer, so a snapshot with this hash is the one that was verified.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';

/** The recorded SHA-256 in hexadecimal; undefined when there is no record. */
export async function readStateRecord(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
}

/** Makes a state, by its hash, the recorded one. */
export async function writeStateRecord(file: string, state: string): Promise<void> {
  await writeFile(file, `${state}\n`);
}

/** Undefined when the state is the recorded one. Else what is wrong, why it may be, and what to do. */
export function describeOtherState(
  file: string,
  state: string,
  recorded: string | undefined,
): string | undefined {
  if (state === recorded) return undefined;
  const name = relative('.', file).replaceAll('\\', '/');
  const found = recorded === undefined ? 'nothing' : recorded.slice(0, 12);
  return [
    `${name}: the state of the snapshot is ${state.slice(0, 12)}, and ${found} is recorded.`,
    '  The same inputs give the same state on every computer. So one of them has changed since then: the image (images.json),',
    '  its commands in guest/images, code in src/machine, or the installed version of v86.',
    '  If it was meant to: run node scripts/machine/snapshot.ts --record, then npm run verify, and commit the record.',
    '  If not: git status lists what has changed here, and npm ci installs the right v86.',
  ].join('\n');
}
