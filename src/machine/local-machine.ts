/** A machine in this thread: in the worker of the page, and in Node for the verifier and the tests. */
import { Checkpoints } from './checkpoints.ts';
import type { CheckpointId, SavedState } from './checkpoints.ts';
import { asMachineError, MachineError, StepError } from './errors.ts';
import type { MachineFailure } from './errors.ts';
import { listenForLastWords } from './engine/last-words.ts';
import { fetchMachine, loadMachine } from './load-machine.ts';
import type { LoadedMachine, MachineEffects } from './load-machine.ts';
import { StateHolder } from './machine.ts';
import type { Machine, RunHooks, RunRequest } from './machine.ts';
import type { Observe, ProcessList } from './agent/processes.ts';
import { Queue } from './queue.ts';
import { runStep } from './run-step.ts';
import type { StepResult } from './agent/session.ts';
import { StateBase } from './engine/state-base.ts';
import { transition } from './state.ts';
import type { MachineEvent, MachineState } from './state.ts';
import { within } from './within.ts';

/** The agent answers within milliseconds; a machine that needs longer than this hangs. */
const ANSWER_MS = 30_000;
/** So long a checkpoint waits for one part of the disk: whoever asks for a reset meanwhile waits, too. */
const DISK_MS = 5_000;
const CHECKPOINT_BYTES = 128 << 20;

/** What exists from a start to the next failure. */
interface Running extends LoadedMachine {
  checkpoints: Checkpoints;
  /** Aborted at the end; it ends what is being fetched. */
  end: AbortController;
}

/** The machine itself. */
export class LocalMachine implements Machine {
  readonly revision = 0;
  readonly #effects: MachineEffects;
  readonly #state = new StateHolder();
  readonly #queue = new Queue();
  readonly #observers = new Set<Observe>();
  #running: Running | undefined;
  #starting: Promise<void> | undefined;
  #end = new AbortController();

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

  checkpoint(): Promise<CheckpointId> {
    return this.#queue.add(async () => {
      const running = this.#require();
      const { engine, channel, checkpoints, disks } = running;
      // Each part is fetched once, so the disk comes to rest also under a guest that goes on reading.
      for (;;) {
        if (this.#isPaused) throw new StepError('The machine is paused.');
        // What is on its way would be lost.
        await this.#answered(channel.ping());
        const sessions = channel.describe();
        await engine.pause();
        try {
          if (!disks.some((disk) => disk.isBusy))
            return checkpoints.add({ state: await engine.save(), sessions });
        } finally {
          if (this.#running === running && !this.#isPaused) await engine.run();
        }
        const settled = Promise.all(disks.map((disk) => disk.settled()));
        await within(DISK_MS, settled, () => new StepError('The disk is being read.'));
      }
    });
  }

  returnTo(id: CheckpointId): Promise<boolean> {
    return this.#queue.add(async () => {
      const saved = this.#require().checkpoints.get(id);
      if (saved) await this.#restore(saved);
      return saved !== undefined;
    });
  }

  putFile(path: string, bytes: Uint8Array, mode?: number): Promise<void> {
    return this.#queue.add(() => this.#require().channel.putFile(path, bytes, mode));
  }

  getFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#queue.add(() => this.#require().channel.getFile(path));
  }

  observe(ms: number, listener: (list: ProcessList) => void): () => void {
    const observe = { ms, listener };
    const tell = (): void => this.#running?.channel.observe([...this.#observers]);
    this.#observers.add(observe);
    tell();
    return () => {
      this.#observers.delete(observe);
      tell();
    };
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
    await this.#fail(new MachineError('WorkerDied', 'The machine was switched off.'));
  }

  #dispatch(event: MachineEvent): void {
    this.#state.value = transition(this.state, event);
  }

  async #start(): Promise<void> {
    this.#dispatch({ type: 'start' });
    const end = new AbortController();
    this.#end = end;
    try {
      const files = await fetchMachine(this.#effects, end.signal, (loaded, total) =>
        this.#dispatch({ type: 'progress', loaded, total }),
      );
      this.#dispatch({ type: 'restore' });
      // What an engine says that is gone does not concern the next one.
      const fail = (error: MachineError): void => {
        if (!end.signal.aborted) void this.#fail(error);
      };
      const loaded = await loadMachine(files, this.#effects, end.signal, fail);
      end.signal.throwIfAborted();
      const stopped = (message: string) => fail(new MachineError('GuestStopped', message));
      const listen = listenForLastWords(stopped);
      // A panic does not halt the processor, and a halt does not tell why.
      loaded.engine.onHalt = () => stopped('The processor halted.');
      loaded.engine.onConsole = (text) => {
        this.#effects.onConsole?.(text);
        listen(text);
      };
      const limit = this.#effects.checkpointBytes ?? CHECKPOINT_BYTES;
      const checkpoints = new Checkpoints(new StateBase(loaded.start.state), limit);
      this.#running = { ...loaded, end, checkpoints };
      loaded.channel.observe([...this.#observers]);
      await this.#restore();
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      await this.#fail(error);
      throw error;
    }
  }

  /** Fetches what a recorded run read of the disk, one part after the other, in its order; once. */
  async #prefetch({ disks: [root], snapshot, end }: Running): Promise<void> {
    const parts = snapshot.prefetch.splice(0);
    try {
      for (const part of parts) {
        if (end.signal.aborted) return;
        await root?.prefetch(part);
      }
    } catch {
      // The read that needs the part asks again, and tells what is wrong.
    }
  }

  get #isPaused(): boolean {
    return this.state.name === 'paused';
  }

  async #restore(saved?: SavedState): Promise<void> {
    const running = this.#require();
    const { engine, channel, start, end } = running;
    const { state, sessions } = saved ?? start;
    this.#dispatch({ type: 'restore' });
    try {
      await engine.pause();
      end.signal.throwIfAborted();
      await engine.restore(state);
      end.signal.throwIfAborted();
      channel.adopt(sessions);
      await engine.run();
      await this.#answered(channel.greet());
      this.#dispatch({ type: 'restored' });
      // It had to run for the greeting, also behind a hidden tab.
      if (this.#isPaused) await engine.pause();
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      // One that is gone already has told its own failure, and must not end the next.
      if (this.#running === running) await this.#fail(error);
      throw error;
    }
  }

  async #run(request: RunRequest, hooks: RunHooks): Promise<StepResult> {
    const running = this.#require();
    const { channel } = running;
    this.#dispatch({ type: 'run', session: request.session });
    try {
      const restore = async (): Promise<void> => {
        if (this.#running === running) await this.#restore();
      };
      channel.catchUp();
      return await runStep(channel, request, hooks, { restore, isPaused: () => this.#isPaused });
    } finally {
      this.#dispatch({ type: 'ran' });
      // Not before: the first answer comes first.
      if (this.#effects.prefetch) void this.#prefetch(running);
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
  async #fail(error: MachineError): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#end.abort(error);
    this.#dispatch({ type: 'fail', failure: error.failure, message: error.message });
    running?.channel.fail(error);
    await running?.engine.destroy();
  }
}
