/** The hash that ties the committed image to the sources it was built from. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * What changes no byte of the image: documents, tests, what the bench compares it with, what only reports
 * or checks, and what is run for the snapshot, which has a hash of its own.
 */
const isOther = [
  /\.md$|\.test\.ts$/,
  /\/fuzz\//,
  /^baseline\//,
  /^(?:lock|recipe|sizes)\.ts$/,
  /^images\/(?:image-recipe\.ts|[^/]+\/(?:image\.ts|state\.sha256))$/,
];

function isSource(path: string): boolean {
  return !isOther.some((pattern) => pattern.test(path));
}

/** SHA-256, in hexadecimal, over names and contents of all that the image in `folder` is built from. */
export async function recipeHash(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isSource)
    .sort();
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`).update(await readFile(join(folder, path)));
  return hash.digest('hex');
}
