/** The list of a built site's files, `files.json`. With it, a later deploy keeps the files that open pages need. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The name of the list in the built site. */
export const LIST = 'files.json';

/** A file of a built site. */
export interface SiteFile {
  /** The path below the site's folder, with slashes. */
  name: string;
  bytes: number;
  sha256: string;
}

/** The files that one build made. Equal builds are the same generation. */
export interface Generation {
  /** A hash of the names and the hashes of its files. */
  generation: string;
  files: SiteFile[];
}

/** The content of `files.json`: this build, and the earlier deploys whose files are beside its own. */
export interface FileList extends Generation {
  format: 1;
  /** Newest first. Only their files with a hash in the name. */
  earlier: Generation[];
}

/** Whether a file has a hash in its name, so that the name always stands for the same content. */
export function isHashed(name: string): boolean {
  return hashedNames.some((each) => each.test(name));
}

const hashedNames = [
  /^_astro\/[^/]+[.-][\w-]{5,}\.\w+$/,
  /^machine\/parts\/[0-9a-f]+\.bin$/,
  /^machine\/[\w-]+\/snapshot-[0-9a-f]+\.bin$/,
  /^pagefind\/(?:fragment|index)\/\w+\.\w+$/,
  /^pagefind\/pagefind\.\w+\.pf_meta$/,
];

/** Reads the files of a built site, except the list itself. */
export async function readGeneration(folder: string): Promise<Generation> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name !== LIST)
    .sort();
  const files: SiteFile[] = [];
  for (const name of names) {
    const content = await readFile(join(folder, name));
    files.push({ name, bytes: content.length, sha256: sha256(content) });
  }
  const all = files.map(({ name, sha256: hash }) => `${name} ${hash}\n`).join('');
  return { generation: sha256(all).slice(0, 16), files };
}

/** Writes the list of a new build. */
export async function writeFileList(folder: string): Promise<void> {
  const list: FileList = { format: 1, ...(await readGeneration(folder)), earlier: [] };
  await storeFileList(folder, list);
}

/** Stores a list in a site's folder. */
export async function storeFileList(folder: string, list: FileList): Promise<void> {
  await writeFile(join(folder, LIST), `${JSON.stringify(list)}\n`);
}

/** SHA-256 in hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
