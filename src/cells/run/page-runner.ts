/** Runs the activities of one machine on the reader's request. Independent of the DOM. */
import { StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { PageActivity } from '../activity.ts';
import type { ActivityState, ActivityView } from './activity-view.ts';
import { Driver } from './driver.ts';
import type { Plan } from './driver.ts';
import { CLEAN } from './history.ts';
import type { PageRequest, RunningPlan } from './page-request.ts';
import { PageRunProgress } from './page-run.ts';
import { resultOfError } from './result.ts';
import type { RunResult } from './result.ts';
import type { TypedCommand } from './typed-command.ts';

/** The parts of the page that the runner uses. */
export interface RunnerSurroundings {
  view: (id: string) => ActivityView;
  /** The time in milliseconds. */
  now: () => number;
  /** Awaited before the machine starts; rejects with StepInterrupted when the reader declines. */
  admit?: (signal: AbortSignal) => Promise<void>;
  /** Cancels a start of the machine while its files are being downloaded. */
  cancelStart?: () => void;
}

/** The activities of a page that share a machine. */
export class PageRunner {
  /** The last run of the whole page. */
  readonly pageRun = new PageRunProgress();
  readonly #machine: Machine;
  readonly #activities: readonly PageActivity[];
  readonly #surroundings: RunnerSurroundings;
  readonly #driver: Driver;
  #queue: PageRequest[] = [];
  #isWorking = false;
  #current: RunningPlan | undefined;
  /** The typed command that is running. */
  #command: TypedCommand | undefined;
  /** Activities that show a result of their own, and those that show why there is none. */
  readonly #results = new Set<string>();
  readonly #failures = new Set<string>();

  constructor(
    machine: Machine,
    activities: readonly PageActivity[],
    surroundings: RunnerSurroundings,
  ) {
    this.#machine = machine;
    this.#activities = activities;
    this.#surroundings = surroundings;
    this.#driver = new Driver(machine, activities, surroundings.now);
  }

  /** Whether the machine has no activities on this page. */
  get isEmpty(): boolean {
    return this.#activities.length === 0;
  }

  /**
   * Runs an activity after all earlier requests. Activities of its chain that this machine has not run come first.
   * An activity that has already run starts again from the state before it. Never rejects.
   */
  async run(id: string): Promise<void> {
    const activity = this.#find(id);
    if (!activity || activity.skip !== undefined || this.#isWaiting(id)) return;
    if (this.#isWorking) this.#show(id, { name: 'queued' });
    await this.#add({ what: 'activity', activity });
  }

  /** Runs all activities in order, from the clean machine, without skipped ones. Never rejects. */
  async runAll(): Promise<void> {
    if (!this.#queue.some(({ what }) => what === 'page')) await this.#add({ what: 'page' });
  }

  /** Runs a command that the reader has typed, after all earlier requests. Never rejects. */
  async type(command: TypedCommand): Promise<void> {
    await this.#add({ what: 'command', command });
  }

  /** Stops the running plan or command, and cancels all queued requests except resets. */
  stop(): void {
    this.#emptyQueue();
    this.#stopCurrent();
    this.#command?.stop();
  }

  /**
   * Removes an activity from the queue. In a run of the page, also removes those that depend on it. If it is running,
   * or is the purpose of the running plan, stops that plan.
   */
  cancel(id: string): void {
    const queued = this.#queue.findIndex(
      (job) => job.what === 'activity' && job.activity.id === id,
    );
    if (queued >= 0) {
      this.#queue.splice(queued, 1);
      return this.#show(id, { name: 'idle' });
    }
    const current = this.#current;
    if (!current?.ids.includes(id)) return;
    if (current.isPage && current.ids[0] !== id) this.#skip(current, id);
    else this.#stopCurrent();
  }

  /**
   * Shows an activity as printed, and returns the machine to the state before it, if that was kept. After all
   * earlier requests. Never rejects.
   */
  async resetActivity(id: string): Promise<void> {
    const activity = this.#find(id);
    if (activity && !this.#isWaiting(id)) await this.#add({ what: 'undo', activity });
  }

  /**
   * Stops the running plan and returns to the clean machine. All activities show their printed output. Rejects
   * as the machine does.
   */
  reset(): Promise<void> {
    this.stop();
    return new Promise((resolve, reject) => void this.#add({ what: 'reset', resolve, reject }));
  }

  /** After a new start of the machine, shows the activities that could not run as printed again. */
  forgetFailures(): void {
    for (const id of [...this.#failures]) {
      if (!this.#isWaiting(id)) this.#show(id, { name: 'idle' });
    }
  }

  #find(id: string): PageActivity | undefined {
    return this.#activities.find((candidate) => candidate.id === id);
  }

  #view(id: string): ActivityView {
    return this.#surroundings.view(id);
  }

  #show(id: string, state: ActivityState): void {
    const hasResult = state.name === 'ended' && !state.result.failure;
    const hasFailed = state.name === 'blocked' || (state.name === 'ended' && !hasResult);
    for (const [ids, isIn] of [
      [this.#results, hasResult],
      [this.#failures, hasFailed],
    ] as const) {
      if (isIn) ids.add(id);
      else ids.delete(id);
    }
    this.#view(id).showState(state);
  }

  /** Marks the results of states that the machine has left. */
  #markStale(): void {
    const { done } = this.#driver;
    for (const id of this.#results) this.#view(id).showStale(!done.has(id));
  }

  #isWaiting(id: string): boolean {
    const isQueued = this.#queue.some((job) => job.what === 'activity' && job.activity.id === id);
    return isQueued || Boolean(this.#current?.ids.includes(id));
  }

  /** Resets stay in the queue: their callers wait for them. */
  #emptyQueue(): void {
    const jobs = this.#queue;
    this.#queue = jobs.filter(({ what }) => what === 'reset');
    for (const job of jobs) {
      if (job.what === 'activity') this.#show(job.activity.id, { name: 'idle' });
      if (job.what === 'command') job.command.drop();
    }
  }

  #stopCurrent(): void {
    if (!this.#current) return;
    this.#current.stop.abort(new StepInterrupted());
    if (this.#machine.state.name === 'fetching') this.#surroundings.cancelStart?.();
  }

  #skip({ ids, skipped }: RunningPlan, id: string): void {
    skipped.add(id);
    for (const each of ids) {
      // In page order, those that depend on it come after it.
      if (this.#find(each)?.after.some((before) => skipped.has(before))) skipped.add(each);
    }
    const left = ids.filter((each) => skipped.has(each));
    for (const each of left) this.#show(each, { name: 'idle' });
    this.pageRun.leaveOut(left);
    ids.splice(0, ids.length, ...ids.filter((each) => !skipped.has(each)));
  }

  async #add(request: PageRequest): Promise<void> {
    this.#queue.push(request);
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await this.#do(next);
      this.#markStale();
    }
    this.#isWorking = false;
  }

  #do(request: PageRequest): Promise<void> {
    switch (request.what) {
      case 'activity':
        return this.#run(this.#driver.planFor(request.activity), false);
      case 'page':
        return this.#run(this.#driver.planForPage(), true);
      case 'command':
        return this.#runCommand(request.command);
      case 'undo':
        return this.#undo(request.activity);
      case 'reset':
        return this.#reset().then(request.resolve, request.reject);
    }
  }

  async #runCommand(command: TypedCommand): Promise<void> {
    this.#command = command;
    await command.run(this.#machine);
    this.#command = undefined;
  }

  async #undo(activity: PageActivity): Promise<void> {
    // The bar shows why the machine failed.
    if (this.#isRunning) await this.#driver.undo(activity).catch(() => {});
    this.#show(activity.id, { name: 'idle' });
  }

  async #reset(): Promise<void> {
    if (this.#isRunning) await this.#driver.goTo(CLEAN);
    for (const { id } of this.#activities) {
      if (!this.#isWaiting(id)) this.#show(id, { name: 'idle' });
    }
    this.pageRun.forget();
  }

  get #isRunning(): boolean {
    const { name } = this.#machine.state;
    return name !== 'idle' && name !== 'failed';
  }

  async #run(plan: Plan<PageActivity>, isPage: boolean): Promise<void> {
    const stop = new AbortController();
    const { signal } = stop;
    const current: RunningPlan = { isPage, ids: [], skipped: new Set(), stop };
    this.#current = current;
    try {
      const results = this.#driver.run(plan, {
        signal,
        admit: async () => this.#surroundings.admit?.(signal),
        isSkipped: ({ id }) => current.skipped.has(id),
        onPlan: (activities) => {
          current.ids = activities.map(({ id }) => id);
          if (isPage) this.pageRun.begin(current.ids);
          for (const id of current.ids) this.#show(id, { name: 'queued' });
        },
        onBegin: ({ id }) => this.#show(id, { name: 'running' }),
        onStep: ({ id }, index) => this.#view(id).showStep(index),
        onOutput: ({ id }, index, text) => this.#view(id).showOutput(index, text),
        onListens: ({ id }, program, interrupt) => this.#view(id).showListens(program, interrupt),
        onOutcome: ({ id }, index, outcome) => this.#view(id).showOutcome(index, outcome),
      });
      for await (const { activity, ...result } of results) {
        if (isPage) this.pageRun.note(activity.id, result.verdict);
        if (result.failure) return await this.#endEarly(current, result);
        current.ids.shift();
        this.#show(activity.id, { name: 'ended', result });
      }
      await this.#driver.keep();
      if (isPage) this.pageRun.end('over');
    } catch (error) {
      await this.#endEarly(current, resultOfError(error));
    } finally {
      this.#current = undefined;
    }
  }

  /** Shows why a plan ended early: a failure, or else Stop. The machine returns to the state in which the plan
   * began. It stays as it is if that state was not kept, if a person has typed since, or if the step was refused. */
  async #endEarly({ ids, isPage }: RunningPlan, result?: RunResult): Promise<void> {
    const [first, ...rest] = ids.splice(0);
    for (const id of rest) {
      this.#show(id, result && first ? { name: 'blocked', by: first } : { name: 'idle' });
    }
    // Requests made after Stop stay valid; after a failure, the queue is dropped.
    if (result) this.#emptyQueue();
    // A refused step has typed nothing, so the machine stays as it is.
    const isRefused = result?.failure?.name === 'SessionBusy' && !result.outcomes.length;
    const at = isRefused ? 'here' : await this.#recover();
    if (first) this.#show(first, result ? { name: 'ended', result } : { name: 'stopped', at });
    if (isPage) this.pageRun.end(result ? 'over' : 'stopped');
  }

  async #recover(): Promise<'before' | 'start' | 'here'> {
    // The bar shows why the machine is not running; the next run starts it again.
    if (!this.#isRunning) return 'start';
    return this.#driver.recover().catch(() => 'start');
  }
}
