/**
 * The one way to run activities on a machine. The page runs what its reader asks for, the verifier a
 * whole page and each activity alone; both make a plan here, and are given one result after the other.
 */
import { StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { PageActivity } from '../activity.ts';
import { CLEAN, MachineHistory } from './history.ts';
import type { Waypoint } from './history.ts';
import { jobsFor, jobsForPage, jobsFromClean } from './plan.ts';
import type { Job } from './plan.ts';
import { failureOf, judge } from './result.ts';
import type { RunFailure, RunResult, StepOutcome } from './result.ts';
import { runActivity } from './run-activity.ts';

export interface Plan<T extends PageActivity> {
  /** Where it begins, unless where the machine is. */
  from?: Waypoint;
  jobs: Job<T>[];
}

export interface DriverHooks<T extends PageActivity> {
  /** Stops the plan, and the activity that runs. */
  signal?: AbortSignal;
  /** Waited for before the machine starts. Rejects when the machine may not start. */
  admit?(): Promise<void>;
  /** Called when it is known what will run, and again when a kept state turns out to be lost. */
  onPlan?(activities: readonly T[]): void;
  onBegin?(activity: T): void;
  onStep?(activity: T, index: number): void;
  onOutput?(activity: T, index: number, text: string): void;
  onOutcome?(activity: T, index: number, outcome: StepOutcome): void;
}

/** How an activity of a plan went. */
export interface JobResult<T extends PageActivity> extends RunResult {
  activity: T;
}

/** Runs the activities of a page that share a machine. */
export class Driver<T extends PageActivity = PageActivity> {
  readonly #machine: Machine;
  readonly #activities: readonly T[];
  readonly #now: () => number;
  readonly #history: MachineHistory;
  /** Where the plan that runs began. */
  #start: Waypoint = CLEAN;

  constructor(machine: Machine, activities: readonly T[], now: () => number) {
    this.#machine = machine;
    this.#activities = activities;
    this.#now = now;
    this.#history = new MachineHistory(machine);
    machine.subscribe(({ name }) => {
      // A machine that starts again is a clean one.
      if (name === 'failed' || name === 'idle') this.#history.forget();
    });
  }

  /** Activities that have run on the machine as it stands. */
  get done(): ReadonlySet<string> {
    return this.#history.done;
  }

  /**
   * What to run for an activity: first those of its chain that this machine has not run. One that has
   * run is run again from the state before it. But what a person typed since then is nothing that a
   * plan could make again, so it is kept, and the activity runs on the machine as it stands.
   */
  planFor(activity: T): Plan<T> {
    const { done } = this.#history;
    const before = this.#history.before(activity.id);
    const isAgain = done.has(activity.id);
    if (isAgain && before) return { from: before, jobs: [{ activity, clean: false }] };
    if (isAgain && !this.#history.hasForeignInput) {
      return { jobs: jobsFromClean(this.#activities, activity) };
    }
    return { jobs: jobsFor(this.#activities, activity, done) };
  }

  /** All activities of the page in order, from the clean machine, but those to skip. */
  planForPage(): Plan<T> {
    return { jobs: jobsForPage(this.#activities) };
  }

  /**
   * Starts the machine if need be, runs a plan and yields how each activity went. Ends after one that
   * did not run to its end; the machine may then be anywhere, until `recover`. Throws StepInterrupted
   * when the signal is aborted.
   */
  async *run(plan: Plan<T>, hooks: DriverHooks<T> = {}): AsyncGenerator<JobResult<T>> {
    const [first] = plan.jobs;
    if (!first) return;
    hooks.onPlan?.(activitiesOf(plan.jobs));
    let jobs: Job<T>[];
    try {
      jobs = await this.#begin(plan, hooks);
    } catch (error) {
      const failure = failureUnlessStopped(error, hooks.signal);
      const verdict = judge([], failure);
      yield { activity: first.activity, verdict, outcomes: [], failure, milliseconds: 0 };
      return;
    }
    for (const job of jobs) {
      const result = await this.#runJob(job, hooks);
      yield { activity: job.activity, ...result };
      if (result.failure) return;
    }
  }

  /** Keeps the state as it is. Never rejects; resolves to undefined when it could not be kept. */
  keep(): Promise<Waypoint | undefined> {
    return this.#history.keep();
  }

  /** Returns to a kept state, or to the clean machine when it is lost. Resolves with which. Rejects as the machine does. */
  goTo(waypoint: Waypoint): Promise<'there' | 'clean'> {
    return this.#history.goTo(waypoint);
  }

  /**
   * After a plan that ended early: returns to where it began, since a step that was stopped or failed
   * leaves its session anywhere. Resolves with where the machine is. Rejects as the machine does.
   */
  async recover(): Promise<'before' | 'start'> {
    await this.#history.goTo(this.#start);
    return this.done.size || this.#history.hasForeignInput ? 'before' : 'start';
  }

  /** Gets the machine to where the plan begins, and gives the jobs that are left to do there. */
  async #begin(plan: Plan<T>, { signal, admit, onPlan }: DriverHooks<T>): Promise<Job<T>[]> {
    const history = this.#history;
    await admit?.();
    signal?.throwIfAborted();
    await this.#machine.start();
    const [first] = plan.jobs;
    if (!plan.from) {
      const isOnward = first?.clean === false;
      // What a person typed is part of what Stop has to return to.
      if (isOnward && !history.here && history.hasForeignInput) await history.keep();
      this.#start = history.here ?? CLEAN;
      return plan.jobs;
    }
    this.#start = plan.from;
    if ((await history.goTo(plan.from)) === 'there') return plan.jobs;
    // The state is lost: those before have to run again.
    this.#start = CLEAN;
    const jobs = plan.jobs.flatMap(({ activity }) =>
      jobsFor(this.#activities, activity, history.done),
    );
    onPlan?.(activitiesOf(jobs));
    return jobs;
  }

  async #runJob({ activity, clean }: Job<T>, hooks: DriverHooks<T>): Promise<RunResult> {
    const { signal } = hooks;
    const outcomes: StepOutcome[] = [];
    let failure: RunFailure | undefined;
    let begun = this.#now();
    try {
      signal?.throwIfAborted();
      if (clean && !this.#history.isClean) await this.#history.goTo(CLEAN);
      begun = this.#now();
      hooks.onBegin?.(activity);
      this.#history.begin(activity.id);
      await runActivity(this.#machine, activity, {
        signal,
        onStep: (index) => hooks.onStep?.(activity, index),
        onOutput: (index, text) => hooks.onOutput?.(activity, index, text),
        onOutcome: (index, outcome) => {
          outcomes.push(outcome);
          hooks.onOutcome?.(activity, index, outcome);
        },
      });
      this.#history.end(activity.id);
    } catch (error) {
      failure = failureUnlessStopped(error, signal);
    }
    const milliseconds = this.#now() - begun;
    const verdict = judge(outcomes, failure);
    return { verdict, outcomes, milliseconds, ...(failure && { failure }) };
  }
}

const activitiesOf = <T>(jobs: readonly Job<T>[]): T[] => jobs.map(({ activity }) => activity);

/** An error as a failure. Throws StepInterrupted instead once the signal is aborted, whatever the machine said then. */
function failureUnlessStopped(error: unknown, signal: AbortSignal | undefined): RunFailure {
  if (signal?.aborted || error instanceof StepInterrupted) throw new StepInterrupted();
  return failureOf(error);
}
