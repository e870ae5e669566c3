/** Downloads over HTTP. Every file of the machine is fetched through this module. */
import { asMachineError, MachineError } from '../errors.ts';
import type { MachineFailure } from '../errors.ts';

export interface DownloadEffects {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Calls back once, after this number of milliseconds. Returns a function that cancels the call. */
  after: (ms: number, call: () => void) => () => void;
}

export interface DownloadOptions {
  signal?: AbortSignal | undefined;
  /** Gets the number of bytes so far. A retry counts from 0 again. */
  onProgress?: ((loaded: number) => void) | undefined;
  /** Gets the error after which the download is tried again. */
  onRetry?: ((error: MachineError) => void) | undefined;
  /** The cache mode of the first attempt; a retry bypasses the cache, since that may hold a damaged answer. */
  cache?: RequestCache;
}

/**
 * Downloads a URL and passes its bytes to `read`. Tries again when the download or `read` fails. Rejects with a
 * MachineError, or with the signal's reason at once when that is aborted.
 */
export type Download = <T>(
  url: string,
  read: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>,
  options?: DownloadOptions,
) => Promise<T>;

/** A download that gets no byte for this many milliseconds has stalled. */
export const STALL_MS = 10_000;
/** Failures that another attempt may fix. */
const retried = new Set<MachineFailure>(['NetworkFailed', 'DownloadStalled', 'CorruptFile']);
/** Delay before each retry, in milliseconds. */
const RETRY_AFTER = [300, 1500];

export function downloader(effects: DownloadEffects): Download {
  return async (url, read, { signal, cache = 'default', onProgress, onRetry } = {}) => {
    for (let attempt = 0; ; attempt++) {
      signal?.throwIfAborted();
      const mode = attempt ? 'reload' : cache;
      try {
        const bytes = await fetchOnce(url, { effects, cache: mode, signal, onProgress });
        return await read(bytes);
      } catch (reason) {
        signal?.throwIfAborted();
        const error = asMachineError(reason, 'NetworkFailed');
        const delay = RETRY_AFTER[attempt];
        if (!retried.has(error.failure) || delay === undefined) throw error;
        onRetry?.(error);
        await wait(delay, effects, signal);
      }
    }
  };
}

interface Attempt {
  effects: DownloadEffects;
  cache: RequestCache;
  signal: AbortSignal | undefined;
  onProgress: ((loaded: number) => void) | undefined;
}

/** Settles even if `fetch` never does: when no bytes arrive, and when the signal is aborted. */
function fetchOnce(
  url: string,
  { effects, cache, signal, onProgress }: Attempt,
): Promise<Uint8Array<ArrayBuffer>> {
  const end = new AbortController();
  let cancel = (): void => {};
  return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    const expectBytes = (): void => {
      cancel();
      cancel = effects.after(STALL_MS, () => {
        const reason = `${nameOf(url)}: no bytes arrived for ${STALL_MS / 1000} s.`;
        reject(new MachineError('DownloadStalled', reason));
      });
    };
    const onBytes = (loaded: number): void => {
      expectBytes();
      onProgress?.(loaded);
    };
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { signal: end.signal });
    expectBytes();
    request(effects.fetch, url, { cache, signal: end.signal })
      .then((response) => readBody(response, onBytes))
      .then(resolve, reject);
  }).finally(() => {
    cancel();
    end.abort(); // also ends a request that is still running
  });
}

async function request(
  fetch: DownloadEffects['fetch'],
  url: string,
  init: RequestInit,
): Promise<Response> {
  const response = await fetch(url, init).catch((reason: unknown) => {
    throw new MachineError('NetworkFailed', `${nameOf(url)}: ${String(reason)}`, { cause: reason });
  });
  if (response.ok) return response;
  const isMissing = response.status === 404 || response.status === 410;
  throw new MachineError(
    isMissing ? 'MissingFile' : 'NetworkFailed',
    `${nameOf(url)}: the server answered ${response.status}.`,
  );
}

async function readBody(
  response: Response,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    loaded += chunk.value.length;
    onBytes(loaded);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function wait(ms: number, effects: DownloadEffects, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = effects.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The last part of a URL's path, for messages. */
function nameOf(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/^.*\//, '');
}
