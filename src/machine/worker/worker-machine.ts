/** The page's machine: implements `Machine` over a worker. */
import { asMachineError, MachineError } from '../errors.ts';
import type { FileSource } from '../image/files.ts';
import { downloadStart } from '../image/start-files.ts';
import type { OtherDownload, StartFiles, StartProgress } from '../image/start-files.ts';
import { Observable } from '../../observable.ts';
import type { Machine } from '../machine.ts';
import { isMachineState } from '../state.ts';
import type { MachineState } from '../state.ts';
import { Connection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { methods } from './methods.ts';
import type { MethodName, RemoteMethods } from './methods.ts';

export type { WorkerLike } from './connection.ts';

export interface WorkerMachineOptions extends Pick<
  ConnectionOptions,
  'createWorker' | 'heartbeat' | 'settings'
> {
  /** For the files of a start, which the page downloads. */
  files: FileSource;
  /** Downloads the worker's script, so that a failure is noticed and the worker loads at once. */
  loadWorker: OtherDownload;
}

/** Defines the methods of the table; each calls over the connection. */
class Remote {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
    for (const [name, { kind }] of Object.entries(methods) as [MethodName, { kind: string }][]) {
      if (kind === 'mirror' || kind === 'wrapped') continue;
      const method = (...given: unknown[]): unknown =>
        kind === 'call'
          ? connection.call(name, given)
          : connection.subscribe(
              name,
              given.slice(0, -1),
              given.at(-1) as (value: unknown) => void,
            );
      Object.assign(this, { [name]: method });
    }
  }
}
const RemoteMachine = Remote as unknown as new (
  connection: Connection,
) => RemoteMethods & { readonly connection: Connection };

/**
 * Downloads the files of a start and the worker's script at once, then makes a worker. Does so again at the
 * first `start` after that has ended.
 */
export class WorkerMachine extends RemoteMachine implements Machine {
  readonly #options: WorkerMachineOptions;
  readonly #state: Observable<MachineState>;
  readonly #revision = new Observable(0);
  /** The revision when the present worker began: each worker counts from 0. */
  #earlier = 0;
  #starting: Promise<void> | undefined;
  /** Ends the downloads of a start; undefined while nothing is downloaded. */
  #downloads: AbortController | undefined;
  #isPaused = false;

  constructor(options: WorkerMachineOptions) {
    const { createWorker, heartbeat, settings } = options;
    const state = new Observable<MachineState>({ name: 'idle' });
    const connection = new Connection({
      createWorker,
      heartbeat,
      settings,
      onEnd: ({ failure, message }) => {
        this.#earlier = this.revision;
        state.value = { name: 'failed', failure, message };
      },
    });
    super(connection);
    this.#options = options;
    this.#state = state;
    connection.subscribe('subscribe', [], (value) => {
      if (!isMachineState(value)) {
        const reason = 'The worker sent an unknown state.';
        return connection.end(new MachineError('BadMessage', reason));
      }
      // Only the end of the worker frees a failed machine's memory.
      if (value.name === 'failed') connection.end(new MachineError(value.failure, value.message));
      // A worker that has just loaded is idle; the page's machine is starting.
      else if (value.name !== 'idle') state.value = value;
    });
    connection.subscribe('onRevision', [], (value) => {
      this.#revision.value = this.#earlier + (value as number);
    });
  }

  get state(): MachineState {
    return this.#state.value;
  }

  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  get revision(): number {
    return this.#revision.value;
  }

  onRevision(listener: (revision: number) => void): () => void {
    return this.#revision.subscribe(listener);
  }

  start(): Promise<void> {
    const { name } = this.state;
    // The guest has stopped, and its worker has all it needs for a new one.
    if (name === 'stopped') return this.connection.call('reset', []) as Promise<void>;
    if (!this.#starting && name !== 'idle' && name !== 'failed') return Promise.resolve();
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async pause(): Promise<void> {
    this.#isPaused = true;
    if (!this.#downloads) await this.connection.call('pause', []);
  }

  async resume(): Promise<void> {
    this.#isPaused = false;
    if (!this.#downloads) await this.connection.call('resume', []);
  }

  async dispose(): Promise<void> {
    this.#end(new MachineError('WorkerDied', 'The machine was switched off.'));
  }

  async #start(): Promise<void> {
    const downloads = (this.#downloads = new AbortController());
    let files: StartFiles;
    try {
      files = await this.#download(downloads.signal);
    } catch (reason) {
      // It has ended in the meantime, and its state belongs to a later start.
      if (this.#downloads === downloads) this.#end(asMachineError(reason, 'NetworkFailed'));
      throw reason;
    }
    this.#downloads = undefined;
    const started = this.connection.call('start', [files]);
    // A page that was hidden during the downloads.
    if (this.#isPaused) this.connection.call('pause', []).catch(() => {});
    await started;
  }

  async #download(signal: AbortSignal): Promise<StartFiles> {
    const { files, loadWorker, settings } = this.#options;
    const onProgress = (progress: StartProgress): void => {
      if (!signal.aborted) this.#state.value = { name: 'fetching', ...progress };
    };
    onProgress({ loaded: 0, total: 0 });
    const source = { files, image: settings.image, engineVersion: settings.engineVersion };
    return downloadStart(source, { signal, onProgress, others: [loadWorker] });
  }

  #end(error: MachineError): void {
    this.#downloads?.abort(error);
    this.#downloads = undefined;
    this.connection.end(error);
  }
}
