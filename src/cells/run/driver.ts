/**
 * Runs activities on a machine, for the page and for the verifier. The page runs the reader's requests; the
 * verifier runs a whole page and each activity alone. Both make a plan and get one result after the other.
 */
import { StepError, StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import { changesMachine } from '../activity.ts';
import type { PageActivity } from '../activity.ts';
import { CLEAN, MachineHistory } from './history.ts';
import type { Change, Waypoint } from './history.ts';
import { jobsFor, jobsForPage, jobsFromClean } from './plan.ts';
import type { Job } from './plan.ts';
import { failureOf, judge, resultOfFailure } from './result.ts';
import type { RunFailure, RunResult, StepOutcome } from './result.ts';
import { runActivity } from './run-activity.ts';

export interface Plan<T extends PageActivity> {
  /** The state in which it begins; by default the machine's present one. */
  from?: Waypoint;
  jobs: Job<T>[];
  /** The change that `lastChange` returns after this plan; by default, the run of its last activity. */
  change?: Change;
}

export interface DriverHooks<T extends PageActivity> {
  /** Stops the plan and the running activity. */
  signal?: AbortSignal;
  /** Awaited before the machine starts. Rejects when the machine may not start. */
  admit?(): Promise<void>;
  /** Called with the activities that will run, and again if a kept state turns out to be lost. */
  onPlan?(activities: readonly T[]): void;
  /** Asked before each activity; a skipped one does not run, and has no result. */
  isSkipped?(activity: T): boolean;
  onBegin?(activity: T): void;
  onStep?(activity: T, index: number): void;
  onOutput?(activity: T, index: number, text: string): void;
  onListens?(activity: T, program: string, interrupt: () => void): void;
  onOutcome?(activity: T, index: number, outcome: StepOutcome): void;
}

/** The result of an activity of a plan. */
export interface JobResult<T extends PageActivity> extends RunResult {
  activity: T;
}

/** Runs the activities of a page that share a machine. */
export class Driver<T extends PageActivity = PageActivity> {
  readonly #machine: Machine;
  readonly #activities: readonly T[];
  readonly #now: () => number;
  readonly #history: MachineHistory;
  /** The state in which the running plan began; undefined before that, and if a person's input could not be kept. */
  #start: Waypoint | undefined = CLEAN;
  /** The machine's revision when the running plan began. */
  #startRevision = 0;
  /** Activities whose last completed run used edited commands. */
  readonly #edited = new Set<string>();

  /** `cleanRevision` is the machine's revision when it was last clean; by default the present one. */
  constructor(
    machine: Machine,
    activities: readonly T[],
    now: () => number,
    cleanRevision = machine.revision,
  ) {
    this.#machine = machine;
    this.#activities = activities;
    this.#now = now;
    this.#history = new MachineHistory(machine, cleanRevision);
    machine.subscribe(({ name }) => {
      // A machine that starts again is clean.
      if (name === 'failed' || name === 'idle') this.#history.forget();
    });
  }

  /** The activities that have run in the machine's present state. */
  get done(): ReadonlySet<string> {
    return this.#history.done;
  }

  /**
   * The plan for an activity: first the activities of its chain that this machine has not run, then itself. An
   * activity that has already run starts again from the state before it. But a plan cannot repeat what a person
   * has typed since, so in that case the activity runs in the machine's present state.
   */
  planFor(activity: T): Plan<T> {
    if (this.#hasNothingToCheck(activity)) return { jobs: [{ activity, clean: false }] };
    // After a stop of its guest, the machine starts from the clean state.
    const done = this.#isStopped ? new Set<string>() : this.#history.done;
    const before = this.#history.before(activity.id);
    const isAgain = done.has(activity.id);
    if (isAgain && before) return { from: before, jobs: [{ activity, clean: false }] };
    if (isAgain && !this.#history.hasForeignInput) {
      return { jobs: jobsFromClean(this.#activities, activity) };
    }
    return { jobs: jobsFor(this.#activities, activity, done) };
  }

  /**
   * The plan for all activities of the page that change the machine, in order, from the clean machine, without skipped
   * ones. With `last`, for those up to this one.
   */
  planForPage(last = this.#activities.at(-1)): Plan<T> {
    const end = this.#activities.findIndex((activity) => activity === last) + 1;
    const activities = this.#activities.slice(0, end).filter(changesMachine);
    return { jobs: jobsForPage(activities), change: { by: 'page' } };
  }

  /**
   * Starts the machine if necessary, runs a plan and yields the result of each activity. Ends after one that did
   * not complete; the machine is then in an unknown state until `recover`. Throws StepInterrupted when the
   * signal is aborted.
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
      yield { activity: first.activity, ...resultOfFailure(failure) };
      return;
    }
    for (const job of jobs) {
      if (hooks.isSkipped?.(job.activity)) continue;
      const result = await this.#runJob(job, hooks);
      yield { activity: job.activity, ...result };
      if (result.failure) return;
    }
  }

  /** Returns to the state before an activity last ran, if that was kept. Rejects as the machine does. */
  async returnToBefore({ id }: T): Promise<void> {
    const before = this.done.has(id) ? this.#history.before(id) : undefined;
    if (before) await this.#history.goBackTo(before, { by: 'return', id });
  }

  /**
   * Returns to the clean machine. Keeps a person's input first, so that `undo` can bring it back; an aborted signal ends
   * the wait for that. Rejects as the machine does.
   */
  async reset(signal?: AbortSignal): Promise<void> {
    const history = this.#history;
    const isReady = this.#machine.state.name === 'ready';
    if (isReady && !history.here && history.hasForeignInput) await history.keep(signal);
    await history.goBackTo(CLEAN, { by: 'reset' });
  }

  /** The change that `undo` would undo; undefined if nothing has changed the machine. */
  get lastChange(): Change | undefined {
    return this.#history.lastChange;
  }

  /** Returns to the state before the last change; 'lost' if it is no longer kept. Rejects as the machine does. */
  undo(): Promise<'undone' | 'lost'> {
    return this.#history.undo();
  }

  /** Keeps the present state if it is not kept yet, then notes that a command of the reader changes it. */
  async beginCommand(command: string, signal: AbortSignal): Promise<void> {
    if (!this.#history.here) await this.#history.keep(signal);
    this.#history.change({ by: 'command', command });
  }

  /**
   * Keeps the present state. Never rejects; resolves to undefined if the state could not be kept, or the signal was
   * aborted.
   */
  keep(signal?: AbortSignal): Promise<Waypoint | undefined> {
    return this.#history.keep(signal);
  }

  /** Returns to a kept state, or to the clean machine if that is lost. Resolves to which of them. `forget` drops the state. */
  goTo(waypoint: Waypoint, options?: { forget?: boolean }): Promise<'there' | 'clean'> {
    return this.#history.goTo(waypoint, options);
  }

  /**
   * Returns to the state in which a plan began that ended early, since a stopped or failed step leaves its
   * session in an unknown state. If that state was not kept, or a person has typed since, the machine stays
   * as it is, because a return would lose that input. Resolves to the state reached. Rejects as the machine does.
   */
  async recover(): Promise<'before' | 'start' | 'here'> {
    if (!this.#start || this.#machine.revision !== this.#startRevision) return 'here';
    await this.#history.recoverTo(this.#start);
    return this.done.size || this.#history.hasForeignInput ? 'before' : 'start';
  }

  get #isStopped(): boolean {
    return this.#machine.state.name === 'stopped';
  }

  /** Whether the machine's present state is kept. */
  get isKept(): boolean {
    return this.#history.here !== undefined;
  }

  /** Whether a check would find only a machine that starts anew, without what the reader has done. */
  #hasNothingToCheck(activity: T | undefined): boolean {
    const { name } = this.#machine.state;
    const isOff = name === 'stopped' || name === 'failed' || name === 'idle';
    return activity?.kind === 'task' && !activity.isStart && isOff;
  }

  /** Brings the machine into the plan's first state, and resolves to the jobs to run from there. */
  async #begin(plan: Plan<T>, { signal, admit, onPlan }: DriverHooks<T>): Promise<Job<T>[]> {
    const history = this.#history;
    // Until this plan changes something, `recover` has nothing to undo.
    this.#start = undefined;
    await admit?.();
    signal?.throwIfAborted();
    const [first] = plan.jobs;
    if (this.#hasNothingToCheck(first?.activity)) throw nothingToCheck(this.#isStopped);
    if (this.#isStopped) await this.reset();
    else await this.#machine.start();
    const purpose = plan.jobs.findLast(({ activity }) => changesMachine(activity))?.activity.id;
    if (purpose === undefined) return plan.jobs;
    const change = plan.change ?? { by: 'activity', id: purpose };
    if (!plan.from) {
      const isOnward = first?.clean === false;
      // Stop has to return to a state that includes the person's input, and so has Undo.
      if (!history.here && history.hasForeignInput) await history.keep(signal);
      signal?.throwIfAborted();
      this.#start = history.here ?? (isOnward && history.hasForeignInput ? undefined : CLEAN);
      this.#startRevision = this.#machine.revision;
      history.change(change);
      return plan.jobs;
    }
    this.#start = plan.from;
    this.#startRevision = this.#machine.revision;
    history.change(change);
    if ((await history.goTo(plan.from)) === 'there') return plan.jobs;
    // The state is lost, so the activities before have to run again.
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
    // The reader may edit it while it runs.
    const copy = structuredClone(activity);
    const isEdited = copy.kind === 'cell' && copy.isEdited;
    try {
      signal?.throwIfAborted();
      if (clean && !this.#history.isClean) await this.#history.goTo(CLEAN);
      begun = this.#now();
      hooks.onBegin?.(activity);
      // A check returns to the state before it by itself. The results of earlier activities stay.
      if (changesMachine(activity)) this.#history.begin(activity.id);
      else this.#start = undefined;
      await runActivity(this.#machine, copy, {
        signal,
        onStep: (index) => hooks.onStep?.(activity, index),
        onOutput: (index, text) => hooks.onOutput?.(activity, index, text),
        onListens: (program, interrupt) => hooks.onListens?.(activity, program, interrupt),
        onOutcome: (index, outcome) => {
          outcomes.push(outcome);
          hooks.onOutcome?.(activity, index, outcome);
        },
      });
      if (changesMachine(activity)) this.#history.end(activity.id);
      if (isEdited) this.#edited.add(activity.id);
      else this.#edited.delete(activity.id);
    } catch (error) {
      failure = failureUnlessStopped(error, signal);
    }
    const milliseconds = this.#now() - begun;
    const verdict = judge(outcomes, failure, isEdited);
    const { done, hasForeignInput } = this.#history;
    const isAfterInput = hasForeignInput || [...done].some((id) => this.#edited.has(id));
    return { verdict, outcomes, milliseconds, isAfterInput, ...(failure && { failure }) };
  }
}

function nothingToCheck(isStopped: boolean): StepError {
  return new StepError(
    isStopped
      ? 'The machine has stopped, so there is nothing to check. Press Undo to return to the state before it stopped, or press Start to begin again.'
      : 'The machine is off, so there is nothing to check. Press Start.',
  );
}

const activitiesOf = <T>(jobs: readonly Job<T>[]): T[] => jobs.map(({ activity }) => activity);

/** Turns an error into a failure. Once the signal is aborted, throws StepInterrupted instead of any error. */
function failureUnlessStopped(error: unknown, signal: AbortSignal | undefined): RunFailure {
  if (signal?.aborted || error instanceof StepInterrupted) throw new StepInterrupted();
  return failureOf(error);
}
