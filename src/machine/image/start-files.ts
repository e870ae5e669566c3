/** The files from which a machine starts. A page downloads them while its worker loads, so this parses only what it needs. */
import { MachineError } from '../errors.ts';
import type { MachineFailure } from '../errors.ts';
import { StillMaking } from './fetch-once.ts';
import type { SnapshotEntry } from './manifest.ts';
import type { ReadOptions } from './files.ts';
import type { ImageSource } from './read-image.ts';

/** The downloaded and checked files. */
export interface StartFiles {
  /** The image's snapshot.json, not parsed yet. */
  snapshot: unknown;
  packed: Uint8Array<ArrayBuffer>;
  engine: Uint8Array<ArrayBuffer>;
}

/** The share of the engine's bytes that a server has to send, since it compresses the engine with gzip. */
export const ENGINE_SHARE = 0.2;

export interface StartProgress {
  /** Bytes of the snapshot and the engine, as a server sends them. */
  loaded: number;
  /** 0 until it is known. */
  total: number;
  /** The reason why a download is being retried, until its next byte arrives. */
  retrying?: MachineFailure;
  /** The steps that are done, of all, while a local server is still making the snapshot. */
  making?: { done: number; of: number };
}

export interface StartSource extends ImageSource {
  /** The engine's version, which must equal the snapshot's. */
  engineVersion: string;
}

/** Adds up the progress of several downloads. */
class Progress {
  readonly #report: (progress: StartProgress) => void;
  readonly #loaded = new Map<object, number>();
  readonly #retrying = new Map<object, MachineFailure>();
  #making: StartProgress['making'];
  #total = 0;

  constructor(report: (progress: StartProgress) => void) {
    this.#report = report;
  }

  setTotal(bytes: number): void {
    this.#total = bytes;
    this.#making = undefined;
    this.#send();
  }

  /** The callbacks for one more download; only this share of its bytes counts. */
  follow(share: number): Required<Pick<ReadOptions, 'onProgress' | 'onRetry'>> {
    const download = {};
    return {
      onProgress: (bytes) => {
        this.#retrying.delete(download);
        this.#loaded.set(download, Math.round(bytes * share));
        this.#send();
      },
      onRetry: (error) => {
        if (error instanceof StillMaking) this.#making = error.steps;
        else this.#retrying.set(download, error.failure);
        this.#loaded.delete(download);
        this.#send();
      },
    };
  }

  #send(): void {
    const loaded = [...this.#loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
    const [retrying] = this.#retrying.values();
    const making = this.#making;
    const more = { ...(retrying && { retrying }), ...(making && { making }) };
    this.#report({ loaded, total: this.#total, ...more });
  }
}

/** Downloads one more thing for a start, such as a script. */
export type OtherDownload = (options: ReadOptions) => Promise<unknown>;

export interface StartOptions {
  signal: AbortSignal;
  onProgress: (progress: StartProgress) => void;
  /** Gets the engine once it and `others` have arrived, which is long before the snapshot. */
  onEngine?: (engine: Uint8Array<ArrayBuffer>) => void;
  others?: readonly OtherDownload[];
}

/** Downloads all files at once. Rejects with a MachineError, or with the signal's reason; all downloads have ended then. */
export async function downloadStart(
  { files, image, engineVersion }: StartSource,
  { signal, onProgress, onEngine, others = [] }: StartOptions,
): Promise<StartFiles> {
  const end = new AbortController();
  const progress = new Progress(onProgress);
  const either = AbortSignal.any([signal, end.signal]);
  const options = (share = 0): ReadOptions => ({ signal: either, ...progress.follow(share) });
  const snapshot = files.readJson(`${image}/snapshot.json`, options());
  const entry = snapshot.then((value) => {
    const read = readEntry(value, engineVersion);
    progress.setTotal(read.bytes + Math.round(read.engine.bytes * ENGINE_SHARE));
    return read;
  });
  const engineCheck = entry.then((known) => known.engine);
  engineCheck.catch(() => {}); // the engine's download may await it late, or not at all
  const program = files.readEngine(engineCheck, options(ENGINE_SHARE));
  const loaded = others.map((other) => other(options()));
  Promise.all([program, ...loaded]).then(
    ([bytes]) => onEngine?.(bytes),
    () => {}, // `all` below rejects
  );
  try {
    const all = Promise.all([
      entry.then((known) => files.read(known, options(1))),
      program,
      ...loaded,
    ]);
    const [packed, engine] = await Promise.race([all, abortion(signal)]);
    return { snapshot: await snapshot, packed, engine };
  } catch (reason) {
    end.abort(reason);
    throw reason;
  }
}

/** Rejects with the signal's reason when it is aborted, whatever the source of the files does then. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}

type Entry = Pick<SnapshotEntry, 'file' | 'bytes' | 'sha256' | 'engine'>;

/** The part of snapshot.json that says what to download. Throws 'BadManifest'. */
function readEntry(value: unknown, engineVersion: string): Entry {
  const entry = value as Partial<Entry> | null;
  const isEntry =
    typeof entry?.file === 'string' &&
    typeof entry.bytes === 'number' &&
    typeof entry.engine?.bytes === 'number';
  if (!isEntry) throw new MachineError('BadManifest', 'snapshot.json has an unknown format.');
  const { version } = (entry as Entry).engine;
  if (version === engineVersion) return entry as Entry;
  const reason = `The snapshot needs v86 ${version}, but the page has ${engineVersion}.`;
  throw new MachineError('BadManifest', reason);
}
