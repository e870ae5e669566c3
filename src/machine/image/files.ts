/** Fetches the machine's files with progress and retries, and checks them before use. */
import { asMachineError, MachineError } from '../errors.ts';
import type { FileEntry } from './manifest.ts';

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((loaded: number) => void) | undefined;
}

/** A source of the machine's files. Both methods reject with a MachineError. */
export interface FileSource {
  /** Reads a file and checks it against its entry. */
  read(entry: FileEntry, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads a JSON file that has no hash; revalidates any cached copy. */
  readJson(file: string, signal?: AbortSignal): Promise<unknown>;
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

export interface HttpEffects {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  sha256: Sha256;
  /** Waits this number of milliseconds; rejects when the signal is aborted. */
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Delay before each retry, in milliseconds. */
const RETRY_AFTER = [300, 1500];

/** Reads files below a base URL, which ends in a slash. */
export function httpFiles(base: string, effects: HttpEffects): FileSource {
  async function request(file: string, init: RequestInit): Promise<Response> {
    const response = await effects.fetch(base + file, init).catch((reason: unknown) => {
      init.signal?.throwIfAborted();
      throw new MachineError('NetworkFailed', `${file}: ${String(reason)}`, { cause: reason });
    });
    if (response.ok) return response;
    const missing = response.status === 404 || response.status === 410;
    throw new MachineError(
      missing ? 'MissingFile' : 'NetworkFailed',
      `${file}: the server answered ${response.status}.`,
    );
  }

  async function retry<T>(task: (attempt: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await task(attempt);
      } catch (reason) {
        signal?.throwIfAborted();
        const error = asMachineError(reason, 'NetworkFailed');
        const pause = RETRY_AFTER[attempt];
        if (error.failure === 'MissingFile' || pause === undefined) throw error;
        await effects.wait(pause, signal);
      }
    }
  }

  return {
    read: (entry, { signal, onProgress } = {}) =>
      retry(async (attempt) => {
        // A damaged response may come from the browser's cache, so a retry bypasses it.
        const cache = attempt ? 'reload' : 'default';
        const response = await request(entry.file, { cache, signal: signal ?? null });
        const bytes = await readBody(response, entry, onProgress);
        await checkFile(entry, bytes, effects.sha256);
        return bytes;
      }, signal),
    readJson: (file, signal) =>
      retry(async () => {
        const response = await request(file, { cache: 'no-cache', signal: signal ?? null });
        return (await response.json()) as unknown;
      }, signal),
  };
}

async function readBody(
  response: Response,
  entry: FileEntry,
  onProgress: (loaded: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    loaded += part.value.length;
    onProgress(Math.min(loaded, entry.bytes));
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
