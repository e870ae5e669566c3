// Tells whether anything that decides how the site looks has changed since the last build.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const inputs = [
  'astro.config.mjs',
  'content',
  'docs/verified-cells.json',
  'package-lock.json',
  'public',
  'scripts',
  'src',
  'tsconfig.json',
];
// What the build itself writes, and what no page is made of.
const ignored = /^(?:content\/\.diagrams|public\/machine\/snapshot)|\.test\.ts$/;
const settings = ['SITE_URL', 'BASE_PATH', 'REPOSITORY_URL'];
const stampFile = '.cache/built-from';

/** Hashes the names and the contents of all inputs of the build below a folder. */
export async function hashInputs(root = '.', environment = process.env): Promise<string> {
  const hash = createHash('sha256');
  for (const name of settings) hash.update(`${name}=${environment[name] ?? ''}\n`);
  for (const input of inputs) {
    for (const file of await listFiles(root, input)) {
      hash.update(`${file}\n`);
      for await (const chunk of createReadStream(join(root, file))) hash.update(chunk);
    }
  }
  return hash.digest('hex');
}

/** Reads the hash of the inputs of the last finished build. */
export async function readStamp(): Promise<string | undefined> {
  return await readFile(stampFile, 'utf8').catch(() => undefined);
}

/** Notes the inputs of a finished build. */
export async function writeStamp(hash: string): Promise<void> {
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, hash);
}

async function listFiles(root: string, path: string): Promise<string[]> {
  if (ignored.test(path)) return [];
  const found = await stat(join(root, path)).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(join(root, path))).sort();
  const nested = await Promise.all(names.map((name) => listFiles(root, `${path}/${name}`)));
  return nested.flat();
}
