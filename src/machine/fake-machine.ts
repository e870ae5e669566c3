/** A machine for tests: the test decides how it answers and when it fails. */
import type { KernelListener, KernelReport, KernelRequest } from './agent/kernel-report.ts';
import type { CheckpointId } from './checkpoints.ts';
import { MachineError, StepError, StepInterrupted } from './errors.ts';
import type { MachineFailure } from './errors.ts';
import { Observable } from '../observable.ts';
import type { KernelNotice } from './kernel-notices.ts';
import type { PageSideMachine, RunHooks, RunRequest } from './machine.ts';
import type { StepResult } from './agent/step-shell.ts';
import type { TerminalSize } from './agent/terminal.ts';
import type { MachineState } from './state.ts';

/** The output and status of a test's step. */
export type FakeOutcome = Partial<StepResult> & { output?: string };
/** Answers a step, at once or when the test resolves the promise. */
export type FakeAnswer = (request: RunRequest) => FakeOutcome | Promise<FakeOutcome>;

/** Goes through the same states as the real machine. */
export class FakeMachine implements PageSideMachine {
  /** Every step and other call in order; 'interrupt' stands for Ctrl-C. */
  readonly log: string[] = [];
  readonly #state = new Observable<MachineState>({ name: 'idle' });
  readonly #revision = new Observable(0);
  readonly #answer: FakeAnswer;
  readonly #observers = new Set<KernelListener>();
  readonly #screens = new Map<string, Set<(data: string) => void>>();
  /** The machine's files. */
  readonly files = new Map<string, Uint8Array>();
  /** Awaited before a state is saved. */
  beforeSave: () => Promise<void> = async () => {};
  /** Whether a checkpoint is still kept. */
  keeps: (id: CheckpointId) => boolean = () => true;
  #reject: ((error: Error) => void) | undefined;
  /** Number of those for whom its files are downloaded ahead of a start. */
  callers = 0;
  /** Whether its engine was compiled before the start. */
  isPrepared = false;

  constructor(answer: FakeAnswer) {
    this.#answer = answer;
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

  set revision(value: number) {
    this.#revision.value = value;
  }

  onRevision(listener: (revision: number) => void): () => void {
    return this.#revision.subscribe(listener);
  }

  async prepare(): Promise<void> {
    this.isPrepared = true;
  }

  fetchAhead(): () => void {
    this.callers++;
    return () => this.callers--;
  }

  dropAhead(): void {
    this.callers = 0;
  }

  async start(): Promise<void> {
    if (this.state.name === 'idle' || this.state.name === 'failed') {
      this.#state.value = { name: 'ready' };
    }
  }

  async run(
    request: RunRequest,
    { onOutput, signal, interrupt }: RunHooks = {},
  ): Promise<StepResult> {
    if (signal?.aborted) throw new StepInterrupted();
    this.log.push(`${request.session}: ${request.command}`);
    if (request.isByPerson) this.revision++;
    this.#state.value = { name: 'busy', sessions: [request.session] };
    interrupt?.addEventListener('abort', () => this.log.push('interrupt'));
    const ended = new Promise<never>((_, reject) => {
      this.#reject = reject;
      signal?.addEventListener('abort', () => reject(new StepInterrupted()));
    });
    try {
      const { output, ...answer } = await Promise.race([this.#answer(request), ended]);
      if (output) onOutput?.(output);
      return { status: 0, ended: false, truncated: false, ...answer };
    } finally {
      if (this.state.name === 'busy') this.#state.value = { name: 'ready' };
    }
  }

  async reset(): Promise<void> {
    this.log.push('reset');
    this.#state.value = { name: 'ready' };
  }

  async checkpoint({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<CheckpointId> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = (): void => reject(new StepInterrupted());
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    this.#reject = reject;
    await Promise.race([promise, this.beforeSave()]);
    this.log.push('checkpoint');
    return crypto.randomUUID();
  }

  async returnTo(id: CheckpointId, { forget = false, keepScreens = false } = {}): Promise<boolean> {
    if (!this.keeps(id)) return false;
    const how = ['return', forget && 'forget', keepScreens && 'keep screens'];
    this.log.push(how.filter(Boolean).join(', '));
    this.#state.value = { name: 'ready' };
    return true;
  }

  async writeTerminal(session: string, data: string): Promise<void> {
    this.log.push(`${session}: typed ${data}`);
    this.revision++;
  }

  async resizeTerminal(session: string, { rows, columns }: TerminalSize): Promise<void> {
    this.log.push(`${session}: ${rows} rows, ${columns} columns`);
  }

  async closeTerminal(session: string): Promise<void> {
    this.log.push(`${session}: closed`);
    this.revision++;
  }

  watchTerminal(session: string, listener: (data: string) => void): () => void {
    const listeners = this.#screens.get(session) ?? new Set();
    this.#screens.set(session, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Writes to a session's terminal. */
  show(session: string, data: string): void {
    for (const listener of this.#screens.get(session) ?? []) listener(data);
  }

  async putFile(path: string, bytes: Uint8Array): Promise<void> {
    this.revision++;
    this.files.set(path, bytes.slice());
  }

  async getFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.files.get(path);
    if (!bytes) throw new StepError(`${path}: No such file or directory`);
    return new Uint8Array(bytes);
  }

  observe(_request: KernelRequest, listener: KernelListener): () => void {
    this.#observers.add(listener);
    return () => void this.#observers.delete(listener);
  }

  /** Sends a report to all observers. */
  publishReport(report: KernelReport): void {
    for (const listener of this.#observers) listener(report);
  }

  async pause(): Promise<void> {
    this.log.push('pause');
  }

  async resume(): Promise<void> {}

  async dispose(): Promise<void> {
    this.fail('WorkerDied');
  }

  /** Its kernel reports nothing. */
  onNotice(_listener: (notice: KernelNotice) => void): () => void {
    return () => {};
  }

  /** The guest stops, as in a panic. */
  stop(message: string): void {
    this.#state.value = { name: 'stopped', message };
    this.#reject?.(new MachineError('GuestStopped', message));
  }

  /** Fails as the real machine would. */
  fail(failure: MachineFailure): void {
    this.#state.value = { name: 'failed', failure, message: 'as the test said' };
    this.#reject?.(new MachineError(failure, 'as the test said'));
  }
}
