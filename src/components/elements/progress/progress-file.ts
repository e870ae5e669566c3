/** Progress as a file: what the reader saves, and what they load on another device. The file can contain anything. */
import * as z from 'zod/mini';
import { newer, printProgress, readProgress } from './store.ts';
import type { Progress, ProgressEntry } from './store.ts';

/** Maximum size of a file in bytes. The progress of a reader who has done everything takes a tenth of it. */
export const MAX_FILE_BYTES = 500_000;

export const FILE_NAME = 'one-kernel-or-many-progress.json';

/** A file that cannot be loaded; the message says why. */
export class ProgressFileError extends Error {}

const anyFile = z.object({ version: z.number(), pages: z.record(z.string(), z.unknown()) });

/**
 * Reads a file's text. Entries that are not valid, of activities that the course does not have, and of old texts of
 * activities are left out. `texts` has the hash of the present text of each activity, by page and id. Throws a
 * ProgressFileError if it is not a progress file.
 */
export function readProgressFile(
  text: string,
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProgressFileError('This file is not JSON, so it contains no progress.');
  }
  if (newer.safeParse(value).success) {
    throw new ProgressFileError(
      'This file was saved by a newer version of this site. Reload the page, and load the file again.',
    );
  }
  if (!anyFile.safeParse(value).success) {
    throw new ProgressFileError('This file contains no progress in this course.');
  }
  const known: Progress = new Map();
  for (const [path, entries] of readProgress(text)) {
    const own = [...entries].filter(([id, { text }]) => texts.get(path)?.get(id) === text);
    if (own.length) known.set(path, new Map(own));
  }
  return known;
}

/** Number of entries. */
export function countEntries(progress: Progress): number {
  return [...progress.values()].reduce((sum, { size }) => sum + size, 0);
}

/**
 * Merges progress from `readProgressFile` into that of this browser. An entry of this browser for another text of its
 * activity is replaced: that text is an old one.
 */
export function mergeProgress(here: Progress, loaded: Progress): Progress {
  const merged: Progress = new Map([...here].map(([path, entries]) => [path, new Map(entries)]));
  for (const [path, entries] of loaded) {
    const own = merged.get(path) ?? new Map<string, ProgressEntry>();
    for (const [id, entry] of entries) own.set(id, mergeEntry(own.get(id), entry));
    merged.set(path, own);
  }
  return merged;
}

function mergeEntry(here: ProgressEntry | undefined, loaded: ProgressEntry): ProgressEntry {
  // An entry holds for one text of its activity only.
  if (here?.text !== loaded.text) return loaded;
  const ran = [here.ran, loaded.ran].includes('as printed')
    ? 'as printed'
    : (here.ran ?? loaded.ran);
  const answers = { ...loaded.answers, ...here.answers };
  return {
    ...loaded,
    ...here,
    ...(ran && { ran }),
    ...(Object.keys(answers).length > 0 && { answers }),
  };
}

/** Prints progress for a file. */
export function printProgressFile(progress: Progress): string {
  return `${printProgress(progress)}\n`;
}
