/** Runs the activities of one machine on the reader's request. Independent of the DOM. */
import { StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { PageActivity } from '../activity.ts';
import { Driver } from './driver.ts';
import type { Plan } from './driver.ts';
import { CLEAN } from './history.ts';
import { failureOf, judge } from './result.ts';
import type { RunResult, StepOutcome } from './result.ts';

export type ActivityState =
  /** Shows the printed output. */
  | { name: 'idle' }
  /** Waits for the machine or for earlier activities. */
  | { name: 'queued' }
  | { name: 'running' }
  /** The reader pressed Stop. The machine is in the state before the run, or clean. */
  | { name: 'stopped'; at: 'before' | 'start' }
  /** It completed or failed. */
  | { name: 'ended'; result: RunResult };

/** Displays an activity. */
export interface ActivityView {
  showState(state: ActivityState): void;
  showStep(index: number): void;
  showOutput(index: number, text: string): void;
  showOutcome(index: number, outcome: StepOutcome): void;
}

/** The parts of the page that the runner uses. */
export interface RunnerSurroundings {
  view: (id: string) => ActivityView;
  /** The time in milliseconds. */
  now: () => number;
  /** Awaited before the machine starts; rejects with StepInterrupted when the reader declines. */
  admit?: (signal: AbortSignal) => Promise<void>;
}

/** A request of the reader. Requests run one at a time, in order. */
type Job =
  | { what: 'activity'; activity: PageActivity }
  | { what: 'page' }
  | { what: 'reset'; resolve: () => void; reject: (reason: unknown) => void };

/** The result for an error outside an activity; undefined for Stop. */
function resultOfError(error: unknown): RunResult | undefined {
  if (error instanceof StepInterrupted) return undefined;
  const failure = failureOf(error);
  return { verdict: judge([], failure), outcomes: [], failure, milliseconds: 0 };
}

/** The activities of a page that share a machine. */
export class PageRunner {
  readonly #machine: Machine;
  readonly #activities: readonly PageActivity[];
  readonly #surroundings: RunnerSurroundings;
  readonly #driver: Driver;
  #queue: Job[] = [];
  #isWorking = false;
  /** The unfinished activities of the running plan, and the controller that stops it. */
  #current: { ids: string[]; stop: AbortController } | undefined;

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

  /**
   * Runs an activity after all earlier requests. Activities of its chain that this machine has not run come first.
   * An activity that has already run starts again from the state before it. Never rejects.
   */
  async run(id: string): Promise<void> {
    const activity = this.#activities.find((candidate) => candidate.id === id);
    if (!activity || activity.skip !== undefined || this.#isWaiting(id)) return;
    if (this.#isWorking) this.#view(id).showState({ name: 'queued' });
    await this.#add({ what: 'activity', activity });
  }

  /** Runs all activities in order, from the clean machine, without skipped ones. Never rejects. */
  async runAll(): Promise<void> {
    if (!this.#queue.some(({ what }) => what === 'page')) await this.#add({ what: 'page' });
  }

  /** Stops the running plan and drops the queued ones. */
  stop(): void {
    this.#emptyQueue();
    this.#current?.stop.abort(new StepInterrupted());
  }

  /**
   * Stops the running plan and returns to the clean machine. All activities show their printed output. Rejects
   * as the machine does.
   */
  reset(): Promise<void> {
    this.stop();
    return new Promise((resolve, reject) => void this.#add({ what: 'reset', resolve, reject }));
  }

  #view(id: string): ActivityView {
    return this.#surroundings.view(id);
  }

  #isWaiting(id: string): boolean {
    const isQueued = this.#queue.some((job) => job.what === 'activity' && job.activity.id === id);
    return isQueued || Boolean(this.#current?.ids.includes(id));
  }

  /** Keeps resets, since their callers wait for them. */
  #emptyQueue(): void {
    const jobs = this.#queue;
    this.#queue = jobs.filter(({ what }) => what === 'reset');
    for (const job of jobs) {
      if (job.what === 'activity') this.#view(job.activity.id).showState({ name: 'idle' });
    }
  }

  async #add(job: Job): Promise<void> {
    this.#queue.push(job);
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await this.#do(next);
    this.#isWorking = false;
  }

  #do(job: Job): Promise<void> {
    switch (job.what) {
      case 'activity':
        return this.#run(this.#driver.planFor(job.activity));
      case 'page':
        return this.#run(this.#driver.planForPage());
      case 'reset':
        return this.#reset().then(job.resolve, job.reject);
    }
  }

  async #reset(): Promise<void> {
    const { name } = this.#machine.state;
    if (name !== 'idle' && name !== 'failed') await this.#driver.goTo(CLEAN);
    for (const { id } of this.#activities) {
      if (!this.#isWaiting(id)) this.#view(id).showState({ name: 'idle' });
    }
  }

  async #run(plan: Plan<PageActivity>): Promise<void> {
    const stop = new AbortController();
    const { signal } = stop;
    const current: { ids: string[]; stop: AbortController } = { ids: [], stop };
    this.#current = current;
    try {
      const results = this.#driver.run(plan, {
        signal,
        admit: async () => this.#surroundings.admit?.(signal),
        onPlan: (activities) => {
          current.ids = activities.map(({ id }) => id);
          for (const id of current.ids) this.#view(id).showState({ name: 'queued' });
        },
        onBegin: ({ id }) => this.#view(id).showState({ name: 'running' }),
        onStep: ({ id }, index) => this.#view(id).showStep(index),
        onOutput: ({ id }, index, text) => this.#view(id).showOutput(index, text),
        onOutcome: ({ id }, index, outcome) => this.#view(id).showOutcome(index, outcome),
      });
      for await (const { activity, ...result } of results) {
        if (result.failure) return await this.#endEarly(current.ids, result);
        current.ids.shift();
        this.#view(activity.id).showState({ name: 'ended', result });
      }
      await this.#driver.keep();
    } catch (error) {
      await this.#endEarly(current.ids, resultOfError(error));
    } finally {
      this.#current = undefined;
    }
  }

  /** Shows why a plan ended early: a failure or Stop. Returns the machine to the state in which the plan began. */
  async #endEarly(ids: string[], result?: RunResult): Promise<void> {
    const [first, ...rest] = ids.splice(0);
    for (const id of rest) this.#view(id).showState({ name: 'idle' });
    // Requests made after Stop still run; a failure drops all of them.
    if (result) this.#emptyQueue();
    const at = await this.#recover();
    if (!first) return;
    this.#view(first).showState(result ? { name: 'ended', result } : { name: 'stopped', at });
  }

  async #recover(): Promise<'before' | 'start'> {
    const { name } = this.#machine.state;
    // The bar shows why the machine is not running, and the next run starts it again.
    if (name === 'failed' || name === 'idle') return 'start';
    return this.#driver.recover().catch(() => 'start');
  }
}
