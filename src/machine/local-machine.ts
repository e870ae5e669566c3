/** A machine in this thread: in the worker of the page, and in Node for the verifier and the tests. */
import { Checkpoints } from './checkpoints.ts';
import type { CheckpointId, SavedState } from './checkpoints.ts';
import { asMachineError, MachineError, StepError } from './errors.ts';
import type { MachineFailure } from './errors.ts';
import { listenForLastWords } from './engine/last-words.ts';
import { fetchMachine, loadMachine } from './load-machine.ts';
import type { LoadedMachine, MachineEffects } from './load-machine.ts';
import { Observable } from './machine.ts';
import type { Machine, RunHooks, RunRequest } from './machine.ts';
import type { ProcessList } from './agent/processes.ts';
import type { TerminalSize } from './agent/terminal.ts';
import { Queue } from './queue.ts';
import { runStep } from './run-step.ts';
import type { StepResult } from './agent/step-shell.ts';
import { answered, saveState } from './save-state.ts';
import { StateBase } from './engine/state-base.ts';
import { Subscriptions } from './subscriptions.ts';
import { transition } from './state.ts';
import type { MachineEvent, MachineState } from './state.ts';

const CHECKPOINT_BYTES = 128 << 20;

/** What exists from a start to the next failure. */
interface Running extends LoadedMachine {
  checkpoints: Checkpoints;
  /** Aborted at the end; it ends what is being fetched. */
  end: AbortController;
  prefetched: boolean;
}

/** The lane of the files, beside those of the sessions. */
const FILES = {};

/** The machine itself. */
export class LocalMachine implements Machine {
  readonly #effects: MachineEffects;
  readonly #state = new Observable<MachineState>({ name: 'idle' });
  readonly #revision = new Observable(0);
  readonly #queue = new Queue();
  readonly #subscriptions = new Subscriptions();
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

  get revision(): number {
    return this.#revision.value;
  }

  onRevision(listener: (revision: number) => void): () => void {
    return this.#revision.subscribe(listener);
  }

  run(request: RunRequest, hooks: RunHooks = {}): Promise<StepResult> {
    return this.#queue.add(request.session, () => this.#run(request, hooks), hooks.signal);
  }

  async reset(): Promise<void> {
    const { channel } = this.#require();
    // Ends what waits and what runs, so that the queue gets to the task below.
    this.#queue.clear(new StepError('The machine was reset.'));
    channel.adopt([]);
    await this.#queue.barrier(() => this.#restore());
  }

  checkpoint(): Promise<CheckpointId> {
    return this.#queue.barrier(async () => {
      const running = this.#require();
      const isGone = (): boolean => this.#running !== running;
      return running.checkpoints.add(await saveState(running, () => this.#isPaused, isGone));
    });
  }

  returnTo(id: CheckpointId): Promise<boolean> {
    return this.#queue.barrier(async () => {
      const saved = this.#require().checkpoints.get(id);
      if (saved) await this.#restore(saved);
      return saved !== undefined;
    });
  }

  writeTerminal(session: string, data: string): Promise<void> {
    return this.#queue.beside(() => {
      const running = this.#require();
      running.channel.catchUp();
      running.channel.session(session).type(data);
      void this.#prefetch(running);
    });
  }

  resizeTerminal(session: string, size: TerminalSize): Promise<void> {
    return this.#queue.beside(() => this.#require().channel.session(session).resize(size));
  }

  closeTerminal(session: string): Promise<void> {
    return this.#queue.beside(() => {
      this.#revision.value++;
      this.#require().channel.session(session).close();
    });
  }

  watchTerminal(session: string, listener: (data: string) => void): () => void {
    return this.#subscriptions.add((channel) => channel.watch(session, listener));
  }

  putFile(path: string, bytes: Uint8Array, mode?: number): Promise<void> {
    return this.#queue.add(FILES, () => {
      this.#revision.value++;
      return this.#require().channel.putFile(path, bytes, mode);
    });
  }

  getFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#queue.add(FILES, () => this.#require().channel.getFile(path));
  }

  observe(ms: number, listener: (list: ProcessList) => void): () => void {
    return this.#subscriptions.add((channel) => channel.observe({ ms, listener }));
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
      loaded.channel.onForeignInput = () => this.#revision.value++;
      this.#running = { ...loaded, end, checkpoints, prefetched: false };
      await this.#restore();
      this.#subscriptions.attach(loaded.channel);
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      await this.#fail(error);
      throw error;
    }
  }

  /** Fetches what a recorded run read of the disk, one part after the other, in its order; once. */
  async #prefetch(running: Running): Promise<void> {
    if (!this.#effects.prefetch || running.prefetched) return;
    running.prefetched = true;
    try {
      for (const part of running.snapshot.prefetch) {
        if (running.end.signal.aborted) return;
        await running.disks[0]?.prefetch(part);
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
      await answered(channel.greet());
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
      channel.catchUp();
      return await runStep(channel.session(request.session), request, hooks, () => this.#isPaused);
    } finally {
      this.#dispatch({ type: 'ran', session: request.session });
      // Not before: the first answer comes first.
      void this.#prefetch(running);
    }
  }

  #require(): Running {
    if (this.#running) return this.#running;
    const { state } = this;
    const failure: MachineFailure = state.name === 'failed' ? state.failure : 'WorkerDied';
    throw new MachineError(failure, 'The machine is not running.');
  }

  /** The one way out: rejects all that is pending, and leaves a state from which `start` works. */
  async #fail(error: MachineError): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#subscriptions.detach();
    this.#end.abort(error);
    this.#dispatch({ type: 'fail', failure: error.failure, message: error.message });
    running?.channel.fail(error);
    await running?.engine.destroy();
  }
}
