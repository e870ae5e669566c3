/**
 * The record of an image's snapshot, which is committed with the image: its state and its size. The same inputs
 * give the same state on every computer, so a snapshot with this state is the verified one. For Node only.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { imageRecipes } from '../../paths.ts';

const schema = z.strictObject({
  /** SHA-256 of the inflated state, in hexadecimal. */
  state: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** Size of the snapshot as readers download it, in MB. */
  megabytes: z.number().check(z.positive()),
});

export type SnapshotRecord = z.infer<typeof schema>;

/** The file with the record of an image. */
export function recordFile(image: string, recipes = imageRecipes): string {
  return join(recipes, image, 'snapshot-record.json');
}

/** Reads a record; undefined if there is none. Throws when the file is not a record. */
export function readRecord(file: string): SnapshotRecord | undefined {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
  return z.parse(schema, JSON.parse(text));
}
