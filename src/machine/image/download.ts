/** Downloads over HTTP. Every file of the machine is fetched through this module. */
import { asMachineError } from '../errors.ts';
import type { MachineError } from '../errors.ts';
import { BadAnswer, fetchOnce, StillMaking } from './fetch-once.ts';
import type { DownloadEffects } from './fetch-once.ts';

export type { DownloadEffects } from './fetch-once.ts';

export interface DownloadOptions {
  signal?: AbortSignal | undefined;
  /** Gets the number of bytes so far. A retry counts from 0 again. */
  onProgress?: ((loaded: number) => void) | undefined;
  /** Gets the error after which the download is tried again. */
  onRetry?: ((error: MachineError) => void) | undefined;
  /** The cache mode of the first attempt; a retry bypasses the cache, since that may hold a damaged answer. */
  cache?: RequestCache;
  /** The number of bytes of the body; undefined while it is not known. The download ends with the last of them. */
  size?: () => number | undefined;
  /** Whether to keep retrying for minutes, because a reader is using the machine and can stop the wait. */
  isPatient?: boolean;
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

/** Delay before each retry, in milliseconds. */
const SOON = [300, 1500] as const;
const LATER = [...SOON, 5000];
/** These delays add up to about five minutes. */
const PATIENT = [...LATER, ...Array.from({ length: 30 }, () => 10_000)];
/** Maximum wait that a server can request, in milliseconds. */
const MAX_DELAY = 60_000;

/** Returns a function that gives the delay before the next attempt, or undefined if there is to be none. Damaged answers
 * are counted separately. */
function retries(isPatient: boolean): (error: MachineError) => number | undefined {
  const left = { damaged: [...SOON], network: isPatient ? [...PATIENT] : [...LATER] };
  return (error) => {
    // The server makes it, or reports that it cannot. In the meantime each answer shows that it lives.
    if (error instanceof StillMaking)
      return Math.max(SOON[0], Math.min(error.retryAfter, MAX_DELAY));
    if (error.failure === 'CorruptFile') return left.damaged.shift();
    if (error.failure !== 'NetworkFailed' && error.failure !== 'DownloadStalled') return undefined;
    if (!(error instanceof BadAnswer)) return left.network.shift();
    const delay = error.mayPass ? left.network.shift() : undefined;
    return delay && Math.max(delay, Math.min(error.retryAfter, MAX_DELAY));
  };
}

export function downloader(effects: DownloadEffects): Download {
  return async (url, read, options = {}) => {
    const { signal, cache = 'default', onRetry, isPatient = false } = options;
    const delayAfter = retries(isPatient);
    for (let mode = cache; ; mode = 'reload') {
      signal?.throwIfAborted();
      try {
        return await read(await fetchOnce(url, effects, { ...options, cache: mode }));
      } catch (reason) {
        signal?.throwIfAborted();
        const error = asMachineError(reason, 'NetworkFailed');
        const delay = delayAfter(error);
        if (delay === undefined) throw error;
        onRetry?.(error);
        await wait(delay, effects, signal);
      }
    }
  };
}

/** Waits for a time, or until the network is back. Rejects with the signal's reason. */
function wait(ms: number, effects: DownloadEffects, signal?: AbortSignal): Promise<void> {
  const over = new AbortController();
  let ends: (() => void)[] = [];
  return new Promise<void>((resolve, reject) => {
    ends = [effects.after(ms, resolve), effects.onOnline(resolve)];
    signal?.addEventListener('abort', () => reject(signal.reason as Error), {
      signal: over.signal,
    });
  }).finally(() => {
    over.abort();
    for (const end of ends) end();
  });
}
