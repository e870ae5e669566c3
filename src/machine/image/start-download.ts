/** The download of a start. It can begin before the start, which then takes it over. */
import { Observable } from '../../observable.ts';
import type { StartFiles, StartOptions, StartProgress } from './start-files.ts';

/** A complete download that no start has taken over is dropped after this number of milliseconds: it takes about 6 MB. */
export const KEEP_MS = 300_000;

export interface RunningDownload {
  /** Rejects with a MachineError, or with the reason of `end`. */
  files: Promise<StartFiles>;
  progress: Observable<StartProgress>;
  /** The engine, from the time at which a worker can compile it. */
  engine: Observable<Uint8Array<ArrayBuffer> | undefined>;
  /** Aborts it. */
  end: AbortController;
}

interface Ahead extends RunningDownload {
  /** The callers that expect a start soon. */
  callers: Set<object>;
  isComplete: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

export class StartDownload {
  readonly #download: (options: StartOptions) => Promise<StartFiles>;
  /** The download that no start has taken over. */
  #ahead: Ahead | undefined;

  constructor(download: (options: StartOptions) => Promise<StartFiles>) {
    this.#download = download;
  }

  /**
   * Begins the download, unless it has begun. Returns a function with which the caller gives it up: without any
   * caller, an incomplete download is aborted. A failure is silent, and leads to another download at the next call or start.
   */
  fetchAhead(): () => void {
    const ahead = (this.#ahead ??= this.#fetchAhead());
    const caller = {};
    ahead.callers.add(caller);
    return () => {
      ahead.callers.delete(caller);
      if (ahead === this.#ahead && !ahead.callers.size && !ahead.isComplete) this.drop();
    };
  }

  /** Gives the download to a start, or begins one for it. */
  take(): RunningDownload {
    const taken = this.#ahead ?? this.#begin();
    this.#forget();
    return taken;
  }

  /** Ends the download that no start has taken over, and frees its memory. */
  drop(): void {
    const ahead = this.#ahead;
    this.#forget();
    ahead?.end.abort();
  }

  #forget(): void {
    clearTimeout(this.#ahead?.timer);
    this.#ahead = undefined;
  }

  #begin(): RunningDownload {
    const end = new AbortController();
    const progress = new Observable<StartProgress>({ loaded: 0, total: 0 });
    const engine = new Observable<Uint8Array<ArrayBuffer> | undefined>(undefined);
    const files = this.#download({
      signal: end.signal,
      onProgress: (value) => void (progress.value = value),
      onEngine: (bytes) => void (engine.value = bytes),
    });
    return { files, progress, engine, end };
  }

  #fetchAhead(): Ahead {
    const ahead: Ahead = { ...this.#begin(), callers: new Set(), isComplete: false };
    ahead.files.then(
      () => {
        ahead.isComplete = true;
        if (ahead === this.#ahead) ahead.timer = setTimeout(() => this.#forget(), KEEP_MS);
      },
      () => {
        if (ahead === this.#ahead) this.#forget();
      },
    );
    return ahead;
  }
}
