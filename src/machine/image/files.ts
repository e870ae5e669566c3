/** The machine's files: read with progress and retries, and checked before use. */
import { MachineError } from '../errors.ts';
import type { Download, DownloadOptions } from './download.ts';
import type { FileEntry } from './manifest.ts';

export type ReadOptions = Pick<DownloadOptions, 'signal' | 'onProgress' | 'onRetry' | 'isPatient'>;

/** The expected properties of a file. */
export type FileCheck = Pick<FileEntry, 'bytes' | 'sha256'>;

/** A source of the machine's files. Its methods reject with a MachineError. */
export interface FileSource {
  /** Reads a file and checks it against its entry. */
  read(entry: FileEntry, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads a JSON file that has no hash; revalidates any cached copy. */
  readJson(file: string, options?: ReadOptions): Promise<unknown>;
  /** Reads the engine's program. Its entry may become known only during the download. */
  readEngine(
    check: Promise<FileCheck> | undefined,
    options?: ReadOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

/** SHA-256 in hexadecimal. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Throws 'CorruptFile' unless length and hash of the bytes match the entry. */
export async function checkFile(
  entry: FileEntry,
  bytes: Uint8Array<ArrayBuffer>,
  sha256: Sha256,
): Promise<void> {
  if (bytes.length !== entry.bytes) {
    throw new MachineError(
      'CorruptFile',
      `${entry.file} has ${bytes.length} bytes instead of ${entry.bytes}.`,
    );
  }
  if ((await sha256(bytes)) !== entry.sha256) {
    throw new MachineError('CorruptFile', `${entry.file} has the wrong hash.`);
  }
}

/** Parses a JSON file. Throws 'CorruptFile' for anything else, such as a server's error page. */
export function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (reason) {
    throw new MachineError('CorruptFile', `${file} is not JSON.`, { cause: reason });
  }
}

/** Where the files are: `machine` is the folder with the files of all images, and ends in a slash. */
export interface FileUrls {
  machine: string;
  engine: string;
}

/** Reads files over HTTP. */
export function httpFiles(urls: FileUrls, download: Download, sha256: Sha256): FileSource {
  const readChecked = (
    url: string,
    check: FileEntry | undefined | Promise<FileEntry | undefined>,
    options: ReadOptions,
  ) => {
    let size: number | undefined;
    void Promise.resolve(check).then(
      (entry) => (size = entry?.bytes),
      () => {}, // `read` below throws it
    );
    return download(
      url,
      async (bytes) => {
        const entry = await check;
        if (entry) await checkFile(entry, bytes, sha256);
        return bytes;
      },
      { ...options, size: () => size },
    );
  };
  return {
    read: (entry, options = {}) => readChecked(urls.machine + entry.file, entry, options),
    readJson: (file, options = {}) =>
      download(urls.machine + file, (bytes) => parseJson(file, bytes), {
        ...options,
        cache: 'no-cache',
      }),
    readEngine: (check, options = {}) => {
      const entry = check?.then((known) => ({ file: 'v86.wasm', ...known }));
      return readChecked(urls.engine, entry, options);
    },
  };
}
