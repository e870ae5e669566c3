/**
 * Compares the packages of a build with the image's packages.lock, and stops the build with
 * a list of differences. usage: node guest/lock.ts IMAGE CACHE_FOLDER [--update]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imageFolder } from './images/read-recipe.ts';

/** The inputs of an image: for each package or archive its name, version and SHA-256. */
export type Locked = Map<string, { version: string; sha256: string }>;

/** Parses lines of name, version and hash, separated by tabs. */
export function parseLock(text: string): Locked {
  const rows = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    rows.map((row) => {
      const [name = '', version = '', sha256 = ''] = row.split('\t');
      if (!name || !version || !/^[0-9a-f]{64}$/.test(sha256))
        throw new Error(`packages.lock: not "name, version, hash": ${row}`);
      return [name, { version, sha256 }];
    }),
  );
}

/** Lists the differences, one line each, by name. */
export function compareLock(locked: Locked, found: Locked): string[] {
  const names = [...new Set([...locked.keys(), ...found.keys()])].sort();
  return names.flatMap((name) => {
    const before = locked.get(name);
    const now = found.get(name);
    if (!now) return [`${name} ${before?.version ?? ''}: is locked, but is not available`];
    if (!before) return [`${name} ${now.version}: is not locked`];
    if (before.version !== now.version)
      return [`${name}: ${before.version} is locked, ${now.version} was found`];
    return before.sha256 === now.sha256
      ? []
      : [`${name} ${now.version}: the same version with different content`];
  });
}

export function printLock(packages: Locked): string {
  const rows = [...packages].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# The packages and sources of the image: name, version, SHA-256. Written by `npm run guest:build -- --update`.',
    ...rows.map(([name, { version, sha256 }]) => `${name}\t${version}\t${sha256}`),
    '',
  ].join('\n');
}

async function main(image: string, cache: string, update: boolean): Promise<void> {
  const path = join(imageFolder(image), 'packages.lock');
  const found = parseLock(await readFile(join(cache, 'found.tsv'), 'utf8'));
  const locked = parseLock(await readFile(path, 'utf8').catch(() => ''));
  const differences = compareLock(locked, found);
  if (!differences.length) return console.log(`${found.size} packages as locked`);
  console.log(differences.join('\n'));
  if (update) return writeFile(path, printLock(found));
  console.error(
    `${differences.length} packages differ from ${path}. Build on a computer where the locked packages are available, ` +
      'or accept these with `npm run guest:build -- --update` and verify all cells again.',
  );
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [image, cache, option] = process.argv.slice(2);
  if (!image || !cache) throw new Error('usage: node guest/lock.ts IMAGE CACHE_FOLDER [--update]');
  await main(image, cache, option === '--update');
}
