/** A machine in this thread: in the page's worker, or in Node for the verifier and the tests. */
import type { CheckpointId, SavedState } from './checkpoints.ts';
import { asMachineError, MachineError, StepError } from './errors.ts';
import { GuestConsole } from './guest-console.ts';
import { downloadStart } from './image/start-files.ts';
import type { StartFiles } from './image/start-files.ts';
import { compileEngine, loadMachine, readStart } from './load-machine.ts';
import type { MachineEffects } from './load-machine.ts';
import { Observable } from '../observable.ts';
import type { Machine, RunHooks, RunRequest } from './machine.ts';
import type { KernelListener, KernelRequest } from './agent/kernel-report.ts';
import type { TerminalSize } from './agent/terminal.ts';
import { Queue } from './queue.ts';
import type { KernelNotice } from './kernel-notices.ts';
import { toRunning } from './running.ts';
import type { Running } from './running.ts';
import { reportDiskWait } from './disk-wait.ts';
import { runStep } from './run-step.ts';
import type { StepResult } from './agent/step-shell.ts';
import { withAnswerTimeout, saveState } from './save-state.ts';
import { Subscriptions } from './subscriptions.ts';

import { transition } from './state.ts';
import type { MachineEvent, MachineState } from './state.ts';

/** The lane for file transfers; each session has its own. */
const FILES = {};

/** Runs the engine in this thread. */
export class LocalMachine implements Machine {
  readonly #effects: MachineEffects;
  readonly #state = new Observable<MachineState>({ name: 'idle' });
  readonly #revision = new Observable(0);
  readonly #queue = new Queue();
  readonly #subscriptions = new Subscriptions();
  readonly #console: GuestConsole;
  #running: Running | undefined;
  #starting: Promise<void> | undefined;
  /** The engine's program, compiled before the start. */
  #program: Promise<WebAssembly.Module> | undefined;
  #resetting: Promise<void> | undefined;
  /** The end of the last engine. */
  #destroyed: Promise<void> | undefined;
  #end = new AbortController();

  constructor(effects: MachineEffects) {
    this.#effects = effects;
    this.#console = new GuestConsole(effects.onConsole);
  }

  get state(): MachineState {
    return this.#state.value;
  }

  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  async prepare(engine: Uint8Array<ArrayBuffer>): Promise<void> {
    await (this.#program = compileEngine(engine));
  }

  start(files?: StartFiles): Promise<void> {
    if (this.state.name === 'stopped') return this.reset();
    if (this.#running && !this.#starting) return Promise.resolve();
    this.#starting ??= this.#start(files).finally(() => {
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

  reset(): Promise<void> {
    this.#resetting ??= this.#reset().finally(() => {
      this.#resetting = undefined;
    });
    return this.#resetting;
  }

  async #reset(): Promise<void> {
    const { channel } = this.#loaded();
    // Ends the waiting and the running tasks, so that the barrier below can run.
    this.#queue.clear(new StepError('The machine was reset.'));
    channel.adopt([]);
    await this.#queue.barrier(() => this.#restore());
  }

  checkpoint({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<CheckpointId> {
    return this.#queue.barrier(async () => {
      const running = this.#require();
      const isPaused = (): boolean => this.#isPaused;
      const isGone = (): boolean => this.#running !== running;
      return running.checkpoints.add(await saveState(running, { isPaused, isGone, signal }));
    }, signal);
  }

  returnTo(id: CheckpointId, { forget = false, keepScreens = false } = {}): Promise<boolean> {
    return this.#queue.barrier(async () => {
      const saved = this.#loaded().checkpoints.get(id, forget);
      if (saved) await this.#restore(saved, keepScreens);
      return saved !== undefined;
    });
  }

  writeTerminal(session: string, data: string): Promise<void> {
    return this.#queue.runNow(() => {
      const running = this.#require();
      running.channel.catchUp();
      running.channel.session(session).type(data);
      running.watchdog.wake();
    });
  }

  resizeTerminal(session: string, size: TerminalSize): Promise<void> {
    return this.#queue.runNow(() => this.#require().channel.resize(session, size));
  }

  closeTerminal(session: string): Promise<void> {
    return this.#queue.runNow(() => {
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

  observe(request: KernelRequest, listener: KernelListener): () => void {
    return this.#subscriptions.add((channel) => channel.observe({ ...request, listener }));
  }

  onNotice(listener: (notice: KernelNotice) => void): () => void {
    return this.#console.onNotice(listener);
  }

  async pause(): Promise<void> {
    this.#dispatch({ type: 'pause' });
    // While a state is being restored, the engine has to run. It is paused at the end.
    if (this.#isPaused && !this.#isRestoring) await this.#running?.engine.pause();
  }

  async resume(): Promise<void> {
    if (!this.#isPaused) return;
    if (!this.#isRestoring) await this.#running?.engine.run();
    this.#dispatch({ type: 'resume' });
  }

  async dispose(): Promise<void> {
    this.#fail(new MachineError('WorkerDied', 'The machine was switched off.'));
    await this.#destroyed;
  }

  #dispatch(event: MachineEvent): void {
    this.#state.value = transition(this.state, event);
  }

  async #start(given?: StartFiles): Promise<void> {
    this.#dispatch({ type: 'start' });
    const end = new AbortController();
    this.#end = end;
    try {
      const files =
        given ??
        (await downloadStart(this.#effects, {
          signal: end.signal,
          onProgress: (progress) => this.#dispatch({ type: 'progress', progress }),
        }));
      this.#dispatch({ type: 'restore' });
      const read = await readStart(files, this.#program);
      const loaded = await loadMachine(read, this.#effects, {
        signal: end.signal,
        // An engine that has ended must not fail the next one.
        onFailure: (error) => !end.signal.aborted && this.#fail(error),
        ...reportDiskWait((wait) => this.#dispatch({ type: 'disk', wait })),
      });
      this.#console.listenTo(loaded.engine, (message) => this.#stop(running, message));
      loaded.channel.onForeignInput = () => this.#revision.value++;
      const running = toRunning(loaded, this.#effects, {
        end,
        state: () => this.state,
        onSilent: (isSilent) => this.#dispatch({ type: 'silent', isSilent }),
        onDead: () => this.#stop(running, 'The processor has stopped executing instructions.'),
      });
      this.#running = running;
      await this.#queue.barrier(() => this.#restore());
      this.#subscriptions.attach(loaded.channel);
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      this.#fail(error);
      throw error;
    }
  }

  get #isPaused(): boolean {
    return this.state.name === 'paused';
  }

  get #isRestoring(): boolean {
    return this.state.name === 'paused' && this.state.next.name === 'restoring';
  }

  async #restore(saved?: SavedState, keepScreens = false): Promise<void> {
    const running = this.#loaded();
    const { engine, channel, start, end } = running;
    const { state, sessions } = saved ?? start;
    this.#dispatch({ type: 'restore' });
    try {
      await engine.pause();
      end.signal.throwIfAborted();
      await engine.restore(state);
      end.signal.throwIfAborted();
      channel.adopt(sessions, keepScreens);
      await engine.run();
      await withAnswerTimeout(channel.greet());
      this.#dispatch({ type: 'restored' });
      // The greeting needs a running engine, even in a hidden tab.
      if (this.#isPaused) await engine.pause();
    } catch (reason) {
      const error = asMachineError(reason, 'RestoreFailed');
      // A machine that has ended has already reported its failure. It must not end the next one.
      if (this.#running === running) this.#fail(error);
      throw error;
    }
  }

  async #run(request: RunRequest, hooks: RunHooks): Promise<StepResult> {
    const running = this.#require();
    const { channel } = running;
    if (request.isByPerson) this.#revision.value++;
    this.#dispatch({ type: 'run', session: request.session });
    try {
      channel.catchUp();
      running.watchdog.wake();
      // Neither a pause nor the wait for a part of the disk counts as time of the step.
      const isWaiting = () => this.#isPaused || running.disks.some((disk) => disk.isBusy);
      return await runStep(channel.session(request.session), request, hooks, isWaiting);
    } finally {
      this.#dispatch({ type: 'ran', session: request.session });
    }
  }

  /** The machine, whose guest may have stopped. */
  #loaded(): Running {
    if (this.#running) return this.#running;
    const failure = this.state.name === 'failed' ? this.state.failure : 'WorkerDied';
    throw new MachineError(failure, 'The machine is not running.');
  }

  #require(): Running {
    if (this.state.name === 'stopped') throw new MachineError('GuestStopped', this.state.message);
    return this.#loaded();
  }

  /** The guest has stopped: all pending calls reject. Its checkpoints stay, so that a state can be restored. */
  #stop(running: Running, message: string): void {
    if (running.end.signal.aborted || this.state.name === 'stopped') return;
    this.#dispatch({ type: 'stop', message });
    running.channel.stop(new MachineError('GuestStopped', message));
    // A kernel that has panicked spins.
    running.engine.pause().catch(() => {});
  }

  /** Every failure ends here: all pending calls reject, and `start` works again. */
  #fail(error: MachineError): void {
    const running = this.#running;
    this.#running = undefined;
    this.#subscriptions.detach();
    this.#end.abort(error);
    this.#dispatch({ type: 'fail', failure: error.failure, message: error.message });
    if (!running) return;
    running.watchdog.end();
    running.channel.fail(error);
    this.#destroyed = running.engine.destroy();
    // It has ended for the page; only `dispose` waits for the engine.
    this.#destroyed.catch(() => {});
  }
}
