/** The hash that ties the committed image to the sources it was built from. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Whether a change of this file changes the image. What the bench compares it with does not, nor does
 * what only reports: sizes.ts and lock.ts.
 */
function isSource(path: string): boolean {
  return !/\.md$|\.test\.ts$|\/fuzz\/|^baseline\/|^(?:sizes|lock)\.ts$/.test(path);
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
