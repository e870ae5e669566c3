/** Hashes many files, for the keys of cached results. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * SHA-256, in hexadecimal, over names and contents of the files at and below these paths, which are
 * relative to `root`. A path that does not exist counts as an empty folder. `isInput` gets each file's
 * path with slashes.
 */
export async function hashTree(
  root: string,
  paths: readonly string[],
  isInput: (path: string) => boolean = () => true,
): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of (await listFiles(root, path)).filter(isInput)) {
      const content = createHash('sha256');
      for await (const chunk of createReadStream(join(root, file))) content.update(chunk as Buffer);
      hash.update(`${file}\0${content.digest('hex')}\n`);
    }
  }
  return hash.digest('hex');
}

/** Whether a file is code on which a result can depend. */
export function isCode(path: string): boolean {
  return !/\.(?:test|soak)\.ts$|\.machine\.test\.ts$|\.md$/.test(path);
}

async function listFiles(root: string, path: string): Promise<string[]> {
  const found = await stat(join(root, path)).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(join(root, path))).sort();
  const nested = await Promise.all(
    names.map((name) => listFiles(root, path === '.' ? name : `${path}/${name}`)),
  );
  return nested.flat();
}
