/** Runs the activities of one machine on the reader's request. Independent of the DOM. */
import { MachineError, StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import { Observable } from '../../observable.ts';
import type { PageActivity } from '../activity.ts';
import type { ActivityState } from './activity-view.ts';
import type { Plan } from './driver.ts';
import type { Change } from './history.ts';
import { beginPlan } from './page-request.ts';
import type { PageRequest, RunningPlan, UndoResult } from './page-request.ts';
import { PageRunProgress } from './page-run.ts';
import type { PlanRunner } from './plan-runner.ts';
import { RequestQueue } from './request-queue.ts';
import { resultOfError } from './result.ts';
import type { RunnerSurroundings } from './runner-surroundings.ts';
import type { RunningStep } from './running-step.ts';
import { ShownStates } from './shown-states.ts';
import type { TypedCommand } from './typed-command.ts';

/** The activities of a page that share a machine. */
export class PageRunner {
  /** The last run of the whole page. */
  readonly pageRun = new PageRunProgress();
  /** The change that `undo` would undo; undefined if nothing has changed the machine. */
  readonly lastChange = new Observable<Change | undefined>(undefined);
  /** The step that is running now. */
  readonly step = new Observable<RunningStep | undefined>(undefined);
  readonly #machine: Machine;
  readonly #activities: readonly PageActivity[];
  readonly #surroundings: RunnerSurroundings;
  #plans: PlanRunner | undefined;
  #loading: Promise<PlanRunner> | undefined;
  /** The machine's revision when it was last clean, until `#plans` is loaded. */
  #cleanRevision: number;
  readonly #queue = new RequestQueue(async (request) => {
    await this.#do(request);
    if (this.#plans) this.#shown.markStale(this.#plans.driver.done);
    this.#noteChange();
  });
  #current: RunningPlan | undefined;
  /** The typed command that is running. */
  #command: TypedCommand | undefined;
  /** Ends the wait for a state that is being kept around a typed command. */
  #keeping: AbortController | undefined;
  readonly #shown: ShownStates;

  constructor(
    machine: Machine,
    activities: readonly PageActivity[],
    surroundings: RunnerSurroundings,
  ) {
    this.#machine = machine;
    this.#activities = activities;
    this.#surroundings = surroundings;
    this.#shown = new ShownStates(surroundings.view);
    this.#cleanRevision = machine.revision;
    machine.subscribe(({ name }) => {
      if (name !== 'failed' && name !== 'idle') return;
      this.#cleanRevision = machine.revision;
      this.#shown.markStale(new Set());
    });
    machine.onRevision(() => this.#noteChange());
  }

  /** Whether the machine has no activities on this page. */
  get isEmpty(): boolean {
    return this.#activities.length === 0;
  }

  /**
   * Loads what runs plans, which is not needed before the first request. Rejects with 'WorkerMissing' if it could
   * not be loaded.
   */
  prepare(): Promise<PlanRunner> {
    this.#loading ??= this.#surroundings.loadPlans().then(
      (Loaded) => {
        this.#plans = new Loaded({
          ...this.#surroundings,
          machine: this.#machine,
          activities: this.#activities,
          show: (id, state) => this.#show(id, state),
          onStep: (step) => (this.step.value = step),
          pageRun: this.pageRun,
          cleanRevision: this.#cleanRevision,
          onFailure: () => this.#emptyQueue(),
        });
        this.#noteChange();
        return this.#plans;
      },
      (reason: unknown) => {
        this.#loading = undefined;
        throw new MachineError('WorkerMissing', String(reason), { cause: reason });
      },
    );
    return this.#loading;
  }

  /**
   * Runs an activity after all earlier requests. Activities of its chain that this machine has not run come first.
   * An activity that has already run starts again from the state before it. Never rejects.
   */
  async run(id: string): Promise<void> {
    const activity = this.#find(id);
    if (!activity || activity.skip !== undefined || this.#isWaiting(id)) return;
    if (this.#queue.isWorking) this.#show(id, { name: 'queued' });
    await this.#queue.add({ what: 'activity', activity });
  }

  /**
   * Runs all activities in order, from the clean machine, without skipped ones. With `last`, only those up to this
   * one. Never rejects.
   */
  async runAll(last?: string): Promise<void> {
    if (this.#queue.hasPage) return;
    await this.#queue.add({
      what: 'page',
      last: last === undefined ? undefined : this.#find(last),
    });
  }

  /**
   * Stops the running plan or command, and returns the machine to the state before the last change. Resolves to
   * undefined if nothing has changed it. Rejects as the machine does.
   */
  undo(): Promise<UndoResult | undefined> {
    this.stop();
    const { promise, resolve, reject } = Promise.withResolvers<UndoResult | undefined>();
    return this.#ended({ what: 'undo', resolve, reject }, promise);
  }

  /** Runs a command that the reader has typed, after all earlier requests. Never rejects. */
  async type(command: TypedCommand): Promise<void> {
    await this.#queue.add({ what: 'command', command });
  }

  /** Stops the running plan or command, and cancels all queued requests except resets. */
  stop(): void {
    this.#emptyQueue();
    this.#stopCurrent();
    this.#command?.stop();
    this.#keeping?.abort();
  }

  /**
   * Removes an activity from the queue. In a run of the page, also removes those that depend on it. If it is running,
   * or is the purpose of the running plan, stops that plan.
   */
  cancel(id: string): void {
    if (this.#queue.remove(id)) return this.#show(id, { name: 'idle' });
    const current = this.#current;
    if (!current?.ids.includes(id)) return;
    if (current.isPage && current.ids[0] !== id) this.#plans?.skip(current, id);
    else this.#stopCurrent();
  }

  /**
   * Shows an activity as printed, and returns the machine to the state before it, if that was kept. After all
   * earlier requests. Never rejects.
   */
  async resetActivity(id: string): Promise<void> {
    const activity = this.#find(id);
    if (activity && !this.#isWaiting(id)) await this.#queue.add({ what: 'return', activity });
  }

  /**
   * Stops the running plan and returns to the clean machine. All activities show their printed output. Rejects
   * as the machine does.
   */
  reset(): Promise<void> {
    this.stop();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    return this.#ended({ what: 'reset', resolve: () => resolve(undefined), reject }, promise);
  }

  /** Resolves to the request's result once the page shows it. */
  async #ended<T>(request: PageRequest, result: Promise<T>): Promise<T> {
    const [value] = await Promise.all([result, this.#queue.add(request)]);
    return value;
  }

  /** After a new start of the machine, shows the activities that could not run as printed again. */
  forgetFailures(): void {
    for (const id of this.#shown.failures) {
      if (!this.#isWaiting(id)) this.#show(id, { name: 'idle' });
    }
  }

  #find(id: string): PageActivity | undefined {
    return this.#activities.find((candidate) => candidate.id === id);
  }

  #noteChange(): void {
    this.lastChange.value = this.#plans?.driver.lastChange;
  }

  #show(id: string, state: ActivityState): void {
    this.#shown.show(id, state);
  }

  #isWaiting(id: string): boolean {
    return this.#queue.has(id) || Boolean(this.#current?.ids.includes(id));
  }

  #emptyQueue(): void {
    for (const request of this.#queue.empty()) {
      if (request.what === 'activity') this.#show(request.activity.id, { name: 'idle' });
      if (request.what === 'command') request.command.drop();
    }
  }

  #stopCurrent(): void {
    if (!this.#current) return;
    this.#current.stop.abort(new StepInterrupted());
    if (this.#machine.state.name === 'fetching') this.#surroundings.cancelStart?.();
  }

  #do(request: PageRequest): Promise<void> {
    switch (request.what) {
      case 'activity':
        return this.#run(({ driver }) => driver.planFor(request.activity), [request.activity.id]);
      case 'page':
        return this.#run(({ driver }) => driver.planForPage(request.last));
      case 'command':
        return this.#runCommand(request.command);
      case 'return':
        return this.#returnToBefore(request.activity);
      case 'undo':
        return this.#undo().then(request.resolve, request.reject);
      case 'reset':
        return this.#reset().then(request.resolve, request.reject);
    }
  }

  async #runCommand(command: TypedCommand): Promise<void> {
    const { signal } = (this.#keeping = new AbortController());
    this.#command = command;
    // The command also runs if this could not be loaded, but it then cannot be undone.
    const plans = await this.prepare().catch(() => undefined);
    if (this.#isRunning) await plans?.driver.beginCommand(command.text, signal);
    this.step.value = { step: 1 };
    await command.run(this.#machine);
    this.step.value = undefined;
    this.#command = undefined;
    if (this.#isRunning) await plans?.driver.keep(signal);
  }

  async #returnToBefore(activity: PageActivity): Promise<void> {
    // The bar shows why the machine failed.
    if (this.#isLoaded) await this.#plans?.driver.returnToBefore(activity).catch(() => {});
    this.#show(activity.id, { name: 'idle' });
  }

  async #undo(): Promise<UndoResult | undefined> {
    const { driver } = await this.prepare();
    const change = driver.lastChange;
    return change && { name: await driver.undo(), change };
  }

  async #reset(): Promise<void> {
    if (this.#isLoaded) await (await this.prepare()).reset();
    for (const { id } of this.#activities) {
      if (!this.#isWaiting(id)) this.#show(id, { name: 'idle' });
    }
    this.pageRun.forget();
  }

  /** Whether the machine can return to a state. */
  get #isLoaded(): boolean {
    return !['idle', 'failed'].includes(this.#machine.state.name);
  }

  get #isRunning(): boolean {
    return this.#isLoaded && this.#machine.state.name !== 'stopped';
  }

  /** Runs a plan. `ids` are the activities that will certainly run; none for a run of the page. */
  async #run(planOf: (plans: PlanRunner) => Plan<PageActivity>, ids: string[] = []): Promise<void> {
    const stop = new AbortController();
    const current = (this.#current = beginPlan(ids, stop));
    try {
      if (!this.#plans) {
        for (const id of ids) this.#show(id, { name: 'queued' });
        current.queued = new Set(ids);
      }
      const stopped = () => new StepInterrupted();
      const plans = this.#plans ?? (await unlessAborted(stop.signal, this.prepare(), stopped));
      await plans.run(planOf(plans), current);
    } catch (error) {
      // It could not be loaded, or the reader pressed Stop while it was loading.
      const result = resultOfError(error);
      if (result) this.#emptyQueue();
      for (const id of ids)
        this.#show(id, result ? { name: 'ended', result } : { name: 'stopped', at: 'start' });
    } finally {
      this.step.value = undefined;
      this.#current = undefined;
    }
  }
}
