/** A machine in this thread: in the worker of the page, and in Node for the verifier and the tests. */
import { Channel } from './channel.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine.ts';
import { asMachineError, MachineError, StepInterrupted, StepTimeout } from './errors.ts';
import type { MachineFailure } from './errors.ts';
import type { FileSource } from './files.ts';
import { StateHolder } from './machine.ts';
import type { Checkpoint, CheckpointingMachine, RunHooks, RunRequest } from './machine.ts';
import { parseManifest, parseSnapshotEntry } from './manifest.ts';
import type { Manifest, SnapshotEntry } from './manifest.ts';
import { openDisk } from './open-disk.ts';
import type { DiskEffects } from './open-disk.ts';
import { pressInterrupt } from './press-interrupt.ts';
import { Queue } from './queue.ts';
import type { StepResult } from './session.ts';
import { transition } from './state.ts';
import type { MachineEvent, MachineState } from './state.ts';

export interface MachineEffects {
  files: FileSource;
  /** The engine's program, compiled. */
  engineProgram: () => Promise<WebAssembly.Module>;
  /** Version of the engine, to be compared with the snapshot's. */
  engineVersion: string;
  now: () => number;
  entropy: (bytes: number) => Uint8Array;
  /** Called with what the kernel prints on its console. */
  onConsole?: (text: string) => void;
}

/** The agent answers within milliseconds; a machine that needs longer than this hangs. */
const ANSWER_MS = 30_000;
/** After Ctrl-C, so long until the session's processes are killed, and then until a reset. */
const INTERRUPT_MS = 3000;
const STEP_MS = 60_000;
/** What the kernel prints on its console as its last words, and what they mean. */
const LAST_WORDS: readonly (readonly [string, string])[] = [
  ['Kernel panic - not syncing', 'The kernel panicked.'],
  ['reboot: Power off not available', 'The machine was switched off.'],
  ['reboot: System halted', 'The machine was halted.'],
  // There is no firmware to start again from: the machine began in the middle.
  ['reboot: Restarting system', 'The machine was told to restart.'],
];

/** What exists from a start to the next failure. */
interface Running {
  engine: Engine;
  channel: Channel;
  /** The state of the snapshot. */
  start: Checkpoint;
}

/** Rejects with `error` when the promise is not settled in time. */
async function within<T>(ms: number, promise: Promise<T>, error: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The machine itself. */
export class LocalMachine implements CheckpointingMachine {
  readonly #effects: MachineEffects;
  readonly #state = new StateHolder();
  readonly #queue = new Queue();
  #running: Running | undefined;
  #starting: Promise<void> | undefined;
  #abortStart = new AbortController();

  constructor(effects: MachineEffects) {
    this.#effects = effects;
  }

  get state(): MachineState {
    return this.#state.value;
  }

  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  start(): Promise<void> {
    if (this.#running) return Promise.resolve();
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  run(request: RunRequest, hooks: RunHooks = {}): Promise<StepResult> {
    return this.#queue.add(() => this.#run(request, hooks), hooks.signal);
  }

  async reset(): Promise<void> {
    const { channel } = this.#require();
    channel.adopt([]); // ends what runs, so that the queue gets to the task below
    await this.#queue.add(() => this.#restore());
  }

  checkpoint(): Promise<Checkpoint> {
    return this.#queue.add(async () => {
      const { engine, channel } = this.#require();
      // What is on its way would be lost.
      await this.#answered(channel.ping());
      const sessions = channel.describe();
      await engine.pause();
      const state = await engine.save();
      await engine.run();
      return { state, sessions };
    });
  }

  returnTo(checkpoint: Checkpoint): Promise<void> {
    return this.#queue.add(() => this.#restore(checkpoint));
  }

  async pause(): Promise<void> {
    const running = this.#running;
    this.#dispatch({ type: 'pause' });
    if (running && this.state.name === 'paused') await running.engine.pause();
  }

  async resume(): Promise<void> {
    const running = this.#running;
    if (!running || this.state.name !== 'paused') return;
    await running.engine.run();
    this.#dispatch({ type: 'resume' });
  }

  async dispose(): Promise<void> {
    await this.#end(new MachineError('WorkerDied', 'The machine was switched off.'));
  }

  #dispatch(event: MachineEvent): void {
    this.#state.value = transition(this.state, event);
  }

  async #start(): Promise<void> {
    this.#dispatch({ type: 'start' });
    this.#abortStart = new AbortController();
    try {
      const { snapshot, manifest, packed, program } = await this.#fetch(this.#abortStart.signal);
      this.#dispatch({ type: 'restore' });
      this.#running = await this.#create(snapshot, manifest, packed, program);
      await this.#restore();
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      await this.#end(error);
      throw error;
    }
  }

  async #fetch(signal: AbortSignal) {
    const { files, engineProgram, engineVersion } = this.#effects;
    const [snapshot, manifest] = await Promise.all([
      files.readJson('snapshot.json', signal).then(parseSnapshotEntry),
      files.readJson('manifest.json', signal).then(parseManifest),
    ]);
    if (snapshot.engine !== engineVersion) {
      const reason = `The snapshot is for v86 ${snapshot.engine}, the page has ${engineVersion}.`;
      throw new MachineError('BadManifest', reason);
    }
    const onProgress = (loaded: number): void =>
      this.#dispatch({ type: 'progress', loaded, total: snapshot.bytes });
    onProgress(0);
    const [packed, program] = await Promise.all([
      files.read(snapshot, { signal, onProgress }),
      engineProgram().catch((reason: unknown) => {
        throw asMachineError(reason, 'EngineFailed');
      }),
    ]);
    return { snapshot, manifest, packed, program };
  }

  async #create(
    snapshot: SnapshotEntry,
    manifest: Manifest,
    packed: Uint8Array<ArrayBuffer>,
    program: WebAssembly.Module,
  ): Promise<Running> {
    const disks: DiskEffects = {
      files: this.#effects.files,
      inflate: (bytes, inflatedBytes) => engine.inflate(bytes, inflatedBytes),
      onFailure: (error) => void this.#end(error),
    };
    const engine = await createEngine({
      wasm: program,
      memoryBytes: snapshot.memoryBytes,
      disk: openDisk(manifest.root, disks),
      scratch: openDisk(manifest.scratch, disks),
    });
    const channel = new Channel({
      send: (bytes) => engine.send(bytes),
      now: this.#effects.now,
      entropy: this.#effects.entropy,
    });
    engine.onReceive = (bytes) => channel.receive(bytes);
    engine.onHalt = () => void this.#end(new MachineError('GuestStopped', 'The processor halted.'));
    let tail = '';
    engine.onConsole = (text) => {
      this.#effects.onConsole?.(text);
      // A panic does not halt the processor, and a halt does not tell why.
      tail = (tail + text).slice(-40);
      const last = LAST_WORDS.find(([words]) => tail.includes(words));
      if (last) void this.#end(new MachineError('GuestStopped', last[1]));
    };
    const state = engine.inflate(packed, snapshot.inflatedBytes);
    return { engine, channel, start: { state, sessions: snapshot.sessions } };
  }

  async #restore(checkpoint?: Checkpoint): Promise<void> {
    const { engine, channel, start } = this.#require();
    const { state, sessions } = checkpoint ?? start;
    this.#dispatch({ type: 'restore' });
    try {
      await engine.pause();
      await engine.restore(state);
      channel.adopt(sessions);
      await engine.run();
      await this.#answered(channel.greet());
      this.#dispatch({ type: 'restored' });
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      await this.#end(error);
      throw error;
    }
  }

  async #run(request: RunRequest, { onOutput, signal, interrupt }: RunHooks): Promise<StepResult> {
    const { channel } = this.#require();
    const session = channel.session(request.session);
    this.#dispatch({ type: 'run', session: request.session });
    const step = session.run(request.command, onOutput);
    let stopped: Error | undefined;
    let overdue: ReturnType<typeof setTimeout> | undefined;
    const stop = (reason: Error): void => {
      stopped ??= reason;
      session.interrupt();
      overdue ??= setTimeout(() => {
        session.close();
        overdue = setTimeout(() => channel.adopt([]), INTERRUPT_MS);
      }, INTERRUPT_MS);
    };
    const onAbort = (): void => stop(new StepInterrupted());
    const ms = request.timeout ?? STEP_MS;
    const late = setTimeout(
      () => stop(new StepTimeout(`The step took longer than ${ms / 1000} s.`)),
      ms,
    );
    const settle = pressInterrupt(() => session.interrupt(), interrupt);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    try {
      const result = await step.catch(async (reason: unknown) => {
        // Neither Ctrl-C nor SIGKILL ended it: nothing but a reset does.
        if (stopped && this.#running) await this.#restore();
        throw stopped ?? reason;
      });
      if (stopped) throw stopped;
      return result;
    } finally {
      clearTimeout(late);
      clearTimeout(overdue);
      signal?.removeEventListener('abort', onAbort);
      await settle();
      this.#dispatch({ type: 'ran' });
    }
  }

  #require(): Running {
    if (this.#running) return this.#running;
    const { state } = this;
    const failure: MachineFailure = state.name === 'failed' ? state.failure : 'WorkerDied';
    throw new MachineError(failure, 'The machine is not running.');
  }

  #answered<T>(answer: Promise<T>): Promise<T> {
    return within(
      ANSWER_MS,
      answer,
      () => new MachineError('GuestSilent', 'The agent does not answer.'),
    );
  }

  /** The one way out: rejects all that is pending, and leaves a state from which `start` works. */
  async #end(error: MachineError): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#abortStart.abort(error);
    this.#dispatch({ type: 'fail', failure: error.failure, message: error.message });
    running?.channel.fail(error);
    await running?.engine.destroy();
  }
}
