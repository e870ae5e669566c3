// Finds out whether an input of the site has changed since the last build.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hashTree } from '../../src/hash-tree.ts';
import { snapshotFiles } from '../../src/paths.ts';

const inputs = [
  'astro.config.mjs',
  'content',
  'guest/images',
  // The page “The machine” lists the reasons for patches.
  'guest/layers',
  'guest/programs/recipes',
  'package-lock.json',
  'public',
  'scripts',
  'site.config.ts',
  'src',
  'tsconfig.json',
];
// Files that the build itself writes, and files that do not affect any page.
const ignored = [/^content\/\.diagrams\//, /\.test\.ts$/, snapshotFiles];
const settings = ['SITE_URL', 'BASE_PATH', 'REPOSITORY_URL'];
const stampFile = '.cache/built-from';

/** Hashes the names and the contents of all inputs of the build below a folder. */
export async function hashInputs(root = '.', environment = process.env): Promise<string> {
  const hash = createHash('sha256');
  for (const name of settings) hash.update(`${name}=${environment[name] ?? ''}\n`);
  hash.update(await hashTree(root, inputs, (path) => !ignored.some((each) => each.test(path))));
  return hash.digest('hex');
}

/** Reads the hash of the inputs of the last finished build. */
export async function readStamp(): Promise<string | undefined> {
  return await readFile(stampFile, 'utf8').catch(() => undefined);
}

/** Stores the hash of the inputs of a finished build. */
export async function writeStamp(hash: string): Promise<void> {
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, hash);
}
