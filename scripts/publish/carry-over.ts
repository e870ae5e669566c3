/**
 * Copies files that pages of the last two deploys may still fetch into a new build: those with a hash in their
 * names that the new build lacks. Without them, a page that a reader has open fails after a deploy.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { counted } from '../../src/counted.ts';
import {
  isHashed,
  LIST,
  sha256,
  storeFileList,
  type FileList,
  type Generation,
  type SiteFile,
} from '../site/file-list.ts';

/** The functions through which the copying reaches the network and the disk. */
export interface Effects {
  fetch: typeof fetch;
  note: (text: string) => void;
  /** The time that one file may take. */
  fileMs: number;
  /** The time that all files may take. */
  totalMs: number;
}

/** Maximum number of bytes that are copied. */
const MAX_BYTES = 150e6;
const deploys = 2;

/**
 * Copies the files from the live site at `url`, the last deploy's first, and notes the deploys in the new
 * build's list. A file that cannot be fetched is noted and left out, since it must not hold up a deploy.
 */
export async function carryOver(
  folder: string,
  fresh: FileList,
  url: string,
  effects: Effects,
  maxBytes = MAX_BYTES,
): Promise<SiteFile[]> {
  const live = await fetchList(url, effects);
  if (!live) return [];
  const earlier = [live, ...live.earlier]
    .filter(({ generation }) => generation !== fresh.generation)
    .slice(0, deploys)
    .map(({ generation, files }) => ({ generation, files: files.filter(isCarried) }));
  const wanted = await findMissing(folder, earlier);
  const copied: SiteFile[] = [];
  const end = Date.now() + effects.totalMs;
  let bytes = 0;
  for (const file of wanted) {
    if (bytes + file.bytes > maxBytes) {
      effects.note(
        `${file.name}: left out, because more than ${maxBytes / 1e6} MB would be copied`,
      );
      continue;
    }
    const left = end - Date.now();
    if (left <= 0) {
      effects.note(
        `Copying took longer than ${effects.totalMs / 1000} s. The remaining files are left out.`,
      );
      break;
    }
    const content = await fetchFile(new URL(file.name, url), file, effects, left);
    if (!content) continue;
    await mkdir(dirname(join(folder, file.name)), { recursive: true });
    await writeFile(join(folder, file.name), content);
    bytes += file.bytes;
    copied.push(file);
  }
  await storeFileList(folder, { ...fresh, earlier });
  return copied;
}

async function fetchList(url: string, effects: Effects): Promise<FileList | undefined> {
  try {
    const content = await get(new URL(LIST, url), effects, effects.fileMs);
    const list = JSON.parse(content.toString('utf8')) as FileList;
    if (list.format !== 1) throw new Error(`has the unknown format ${list.format}`);
    if (![list, ...list.earlier].every(isGeneration)) throw new Error('is not a list of files');
    return list;
  } catch (error) {
    effects.note(`Nothing is carried over: ${url}${LIST} ${reasonOf(error)}`);
    return undefined;
  }
}

function isGeneration({ generation, files }: Generation): boolean {
  return typeof generation === 'string' && Array.isArray(files);
}

function isCarried({ name, bytes, sha256: hash }: SiteFile): boolean {
  return isHashed(name) && Number.isInteger(bytes) && bytes >= 0 && /^[0-9a-f]{64}$/.test(hash);
}

async function findMissing(folder: string, generations: Generation[]): Promise<SiteFile[]> {
  const wanted = new Map<string, SiteFile>();
  for (const file of generations.flatMap(({ files }) => files)) {
    const exists = await stat(join(folder, file.name)).catch(() => undefined);
    if (!exists && !wanted.has(file.name)) wanted.set(file.name, file);
  }
  return [...wanted.values()];
}

async function fetchFile(url: URL, file: SiteFile, effects: Effects, left: number) {
  try {
    const content = await get(url, effects, Math.min(effects.fileMs, left));
    if (content.length !== file.bytes)
      throw new Error(`has ${counted(content.length, 'byte')} instead of ${file.bytes}`);
    if (sha256(content) !== file.sha256) throw new Error('has a different hash');
    return content;
  } catch (error) {
    effects.note(`${file.name}: left out, because it ${reasonOf(error)}`);
    return undefined;
  }
}

async function get(url: URL, effects: Effects, ms: number): Promise<Buffer> {
  // The time limit also holds for the body.
  const response = await effects.fetch(url, {
    signal: AbortSignal.timeout(Math.ceil(ms)),
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`returned status ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  if (name === 'TimeoutError') return 'took too long';
  return name === 'Error' ? message : `could not be read (${message})`;
}
