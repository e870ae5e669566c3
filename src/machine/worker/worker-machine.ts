/** The page's machine: implements `Machine` over a worker. */
import { asMachineError, MachineError } from '../errors.ts';
import type { FileSource } from '../image/files.ts';
import { StartDownload } from '../image/start-download.ts';
import type { RunningDownload } from '../image/start-download.ts';
import { downloadStart } from '../image/start-files.ts';
import type { OtherDownload, StartFiles } from '../image/start-files.ts';
import { Observable } from '../../observable.ts';
import type { PageSideMachine } from '../machine.ts';
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
export class WorkerMachine extends RemoteMachine implements PageSideMachine {
  readonly #download: StartDownload;
  readonly #state: Observable<MachineState>;
  readonly #revision = new Observable(0);
  /** The revision when the present worker began: each worker counts from 0. */
  #earlier = 0;
  #starting: Promise<void> | undefined;
  /** The download of a start; undefined while none is needed. */
  #downloading: RunningDownload | undefined;
  #isPaused = false;

  constructor(options: WorkerMachineOptions) {
    const { createWorker, heartbeat, settings, files, loadWorker } = options;
    const state = new Observable<MachineState>({ name: 'idle' });
    const connection = new Connection({
      createWorker,
      heartbeat,
      settings,
      onEnd: ({ failure, message }) => {
        this.#downloading?.end.abort(new MachineError(failure, message));
        this.#downloading = undefined;
        this.#earlier = this.revision;
        state.value = { name: 'failed', failure, message };
      },
    });
    super(connection);
    const source = { files, image: settings.image, engineVersion: settings.engineVersion };
    this.#download = new StartDownload((given) =>
      downloadStart(source, { ...given, others: [loadWorker] }),
    );
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

  async prepare(engine: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.connection.call('prepare', [engine]);
  }

  fetchAhead(): () => void {
    return this.state.name === 'idle' ? this.#download.fetchAhead() : () => {};
  }

  dropAhead(): void {
    this.#download.drop();
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
    if (!this.#downloading) await this.connection.call('pause', []);
  }

  async resume(): Promise<void> {
    this.#isPaused = false;
    if (!this.#downloading) await this.connection.call('resume', []);
  }

  async dispose(): Promise<void> {
    this.connection.end(new MachineError('WorkerDied', 'The machine was switched off.'));
  }

  async #start(): Promise<void> {
    const download = (this.#downloading = this.#download.take());
    const { signal } = download.end;
    let files: StartFiles;
    try {
      download.progress.subscribe((progress) => {
        if (!signal.aborted) this.#state.value = { name: 'fetching', ...progress };
      });
      // The worker loads, and compiles the engine, while the snapshot still arrives.
      download.engine.subscribe((engine) => {
        // A failure ends the connection, or the start below reports it.
        if (engine && !signal.aborted) this.prepare(engine).catch(() => {});
      });
      files = await download.files;
      // Files that were complete before the start do not notice its end.
      signal.throwIfAborted();
    } catch (reason) {
      // It has ended in the meantime, and its state belongs to a later start.
      if (this.#downloading === download)
        this.connection.end(asMachineError(reason, 'NetworkFailed'));
      throw reason;
    }
    this.#downloading = undefined;
    const started = this.connection.call('start', [files]);
    // A page that was hidden during the downloads.
    if (this.#isPaused) this.connection.call('pause', []).catch(() => {});
    await started;
  }
}
