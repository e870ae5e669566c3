/** One attempt at a download. */
import { MachineError } from '../errors.ts';
import { readPending } from './pending-snapshot.ts';

export interface DownloadEffects {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Calls back once, after this number of milliseconds. Returns a function that cancels the call. */
  after: (ms: number, call: () => void) => () => void;
  /** Calls back when the computer is connected again. Returns a function that ends that. */
  onOnline: (call: () => void) => () => void;
}

export interface Attempt {
  cache: RequestCache;
  signal?: AbortSignal | undefined;
  onProgress?: ((loaded: number) => void) | undefined;
  size?: (() => number | undefined) | undefined;
}

/** The body's next `STALL_BYTES`, or its rest, have to arrive within this number of milliseconds. */
export const STALL_MS = 10_000;
/** A download of less than 0.5 kB/s would keep a reader waiting for many minutes, so it counts as stalled. */
export const STALL_BYTES = 5_000;
/** Milliseconds that a connection may stay open after the last byte. Then it is closed. */
const LINGER_MS = 1000;
/** A body of unknown size must not be larger; the lists of the machine are a few kilobytes long. */
const MAX_BYTES = 16e6;

/** An answer other than success. */
export class BadAnswer extends MachineError {
  /** Whether the same request may succeed later. */
  readonly mayPass: boolean;
  /** The milliseconds after which the server allows another request, see RFC 9110, 10.2.3. */
  readonly retryAfter: number;

  constructor(url: string, { status, headers }: Response) {
    const isMissing = status === 404 || status === 410;
    super(
      isMissing ? 'MissingFile' : 'NetworkFailed',
      `${nameOf(url)}: the server answered ${status}.`,
    );
    this.mayPass = status >= 500 || status === 408 || status === 429;
    const value = headers.get('Retry-After') ?? '';
    const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
    this.retryAfter = Math.max(0, ms || 0);
  }
}

/** The answer of a local server that is still making this file. It is no failure: the same request succeeds later. */
export class StillMaking extends MachineError {
  readonly steps: { done: number; of: number };
  readonly retryAfter: number;

  constructor(answer: BadAnswer, steps: { done: number; of: number }) {
    super(answer.failure, answer.message);
    this.steps = steps;
    this.retryAfter = answer.retryAfter;
  }
}

/**
 * Fetches a URL. Rejects with a MachineError, or with the signal's reason. Settles even if `fetch` never does: when
 * too few bytes arrive, and when the signal is aborted.
 */
export function fetchOnce(
  url: string,
  effects: DownloadEffects,
  { cache, signal, onProgress, size = () => undefined }: Attempt,
): Promise<Uint8Array<ArrayBuffer>> {
  const request = new AbortController();
  const over = new AbortController();
  let cancel = (): void => {};
  return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    let expected = 0;
    const expectBytes = (loaded: number): void => {
      cancel();
      expected = loaded + STALL_BYTES;
      cancel = effects.after(STALL_MS, () => {
        const reason = `${nameOf(url)}: less than ${STALL_BYTES / 1000} kB arrived in ${STALL_MS / 1000} s.`;
        reject(new MachineError('DownloadStalled', reason));
      });
    };
    const onBytes = (loaded: number): void => {
      if (loaded >= expected) expectBytes(loaded);
      onProgress?.(loaded);
    };
    signal?.addEventListener('abort', () => reject(signal.reason as Error), {
      signal: over.signal,
    });
    expectBytes(0);
    // An abort of a complete request would keep its answer out of the cache.
    const leave = (end: Promise<unknown>): void => {
      const close = effects.after(LINGER_MS, () => request.abort());
      end.then(close, close);
    };
    ask(effects.fetch, url, { cache, signal: request.signal })
      .then((response) => {
        expectBytes(0);
        return readBody(url, response, { size, onBytes, leave });
      })
      .then(resolve, reject);
  })
    .catch((reason: unknown) => {
      request.abort();
      throw reason;
    })
    .finally(() => {
      cancel();
      over.abort();
    });
}

async function ask(
  fetch: DownloadEffects['fetch'],
  url: string,
  init: RequestInit,
): Promise<Response> {
  const response = await fetch(url, init).catch((reason: unknown) => {
    throw new MachineError('NetworkFailed', `${nameOf(url)}: ${String(reason)}`, { cause: reason });
  });
  if (response.ok) return response;
  throw await readAnswer(new BadAnswer(url, response), response);
}

/** Reads from the body of an answer whether the file is still being made. */
async function readAnswer(answer: BadAnswer, response: Response): Promise<MachineError> {
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json');
  const body: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
  const pending = readPending(body);
  if (!pending) return answer;
  if ('failed' in pending) return new MachineError('NotMade', pending.failed);
  return new StillMaking(answer, pending);
}

interface Reading {
  size: () => number | undefined;
  onBytes: (loaded: number) => void;
  /** Called with the end of the connection, which may come long after the last byte, or never. */
  leave: (end: Promise<unknown>) => void;
}

/** Reads until the body ends or has its size, since some servers keep the connection open after it. */
async function readBody(
  url: string,
  response: Response,
  { size, onBytes, leave }: Reading,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    loaded += chunk.value.length;
    const whole = size();
    if (loaded > (whole ?? MAX_BYTES)) {
      const reason = `${nameOf(url)} has more than ${whole ?? MAX_BYTES} bytes.`;
      throw new MachineError('CorruptFile', reason);
    }
    onBytes(loaded);
    if (loaded === whole) {
      leave(reader.read());
      break;
    }
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The last part of a URL's path, for messages. */
function nameOf(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/^.*\//, '');
}
