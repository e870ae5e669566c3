/** Runs the plans of a page runner, and shows what happens. Loaded at the first request. */
import type { Machine } from '../../machine/machine.ts';
import type { PageActivity } from '../activity.ts';
import type { ActivityState, ActivityView } from './activity-view.ts';
import { Driver } from './driver.ts';
import type { Plan } from './driver.ts';
import type { RunningPlan } from './page-request.ts';
import type { PageRunProgress } from './page-run.ts';
import { resultOfError } from './result.ts';
import type { RunResult } from './result.ts';
import type { RunningStep } from './running-step.ts';

/** The parts of the page that plans use. */
export interface PlanPage {
  view: (id: string) => ActivityView;
  /** The time in milliseconds. */
  now: () => number;
  /** Awaited before the machine starts; rejects with StepInterrupted when the reader declines. */
  admit?: (signal: AbortSignal) => Promise<void>;
}

export interface PlanSurroundings extends PlanPage {
  machine: Machine;
  activities: readonly PageActivity[];
  show: (id: string, state: ActivityState) => void;
  pageRun: PageRunProgress;
  /** The machine's revision when it was last clean. */
  cleanRevision: number;
  onStep: (step: RunningStep) => void;
  /** Called when a plan has failed, before its result shows. */
  onFailure: () => void;
}

/** Milliseconds that a reset waits for a person's input to be kept. */
const RESET_PATIENCE_MS = 5000;

export class PlanRunner {
  readonly driver: Driver;
  readonly #surroundings: PlanSurroundings;

  constructor(surroundings: PlanSurroundings) {
    const { machine, activities, now, cleanRevision } = surroundings;
    this.#surroundings = surroundings;
    this.driver = new Driver(machine, activities, now, cleanRevision);
  }

  /** Runs a plan, and keeps the state after it. Never rejects. */
  async run(plan: Plan<PageActivity>, current: RunningPlan): Promise<void> {
    const { view, show, pageRun, admit, onStep } = this.#surroundings;
    const { isPage, stop } = current;
    const { signal } = stop;
    try {
      const results = this.driver.run(plan, {
        signal,
        admit: async () => admit?.(signal),
        isSkipped: ({ id }) => current.skipped.has(id),
        onPlan: (activities) => {
          current.ids = activities.map(({ id }) => id);
          if (isPage) pageRun.begin(current.ids);
          for (const id of current.ids)
            if (!current.queued.delete(id)) show(id, { name: 'queued' });
        },
        onBegin: ({ id }) => show(id, { name: 'running' }),
        onStep: ({ id }, index) => {
          onStep({ cell: id, step: index + 1 });
          view(id).showStep(index);
        },
        onOutput: ({ id }, index, text) => view(id).showOutput(index, text),
        onListens: ({ id }, program, interrupt) => view(id).showListens(program, interrupt),
        onOutcome: ({ id }, index, outcome) => view(id).showOutcome(index, outcome),
      });
      for await (const { activity, ...result } of results) {
        if (isPage) pageRun.note(activity.id, result.verdict);
        if (result.failure) return await this.#endEarly(current, result);
        current.ids.shift();
        show(activity.id, { name: 'ended', result });
      }
      if (!this.driver.isKept) await this.driver.keep(signal);
      if (isPage) pageRun.end('over');
    } catch (error) {
      await this.#endEarly(current, resultOfError(error));
    }
  }

  /** Returns to the clean machine, as a change that Undo can undo. Rejects as the machine does. */
  reset(): Promise<void> {
    return this.driver.reset(AbortSignal.timeout(RESET_PATIENCE_MS));
  }

  /** Leaves an activity out of the running plan, and those that depend on it. */
  skip({ ids, skipped }: RunningPlan, id: string): void {
    const { activities, show, pageRun } = this.#surroundings;
    skipped.add(id);
    for (const each of ids) {
      // In page order, those that depend on it come after it.
      const { after = [] } = activities.find((activity) => activity.id === each) ?? {};
      if (after.some((before) => skipped.has(before))) skipped.add(each);
    }
    const left = ids.filter((each) => skipped.has(each));
    for (const each of left) show(each, { name: 'idle' });
    pageRun.leaveOut(left);
    ids.splice(0, ids.length, ...ids.filter((each) => !skipped.has(each)));
  }

  /** Shows why a plan ended early: a failure, or else Stop. The machine returns to the state in which the plan
   * began. It stays as it is if that state was not kept, if a person has typed since, or if the step was refused. */
  async #endEarly({ ids, isPage }: RunningPlan, result?: RunResult): Promise<void> {
    const { show, pageRun, onFailure } = this.#surroundings;
    const [first, ...rest] = ids.splice(0);
    for (const id of rest) {
      show(id, result && first ? { name: 'blocked', by: first } : { name: 'idle' });
    }
    // Requests made after Stop stay valid; after a failure, the queue is dropped.
    if (result) onFailure();
    // A refused step has typed nothing, so the machine stays as it is.
    const isRefused = result?.failure?.name === 'SessionBusy' && !result.outcomes.length;
    const at = isRefused ? 'here' : await this.#recover();
    if (first) show(first, result ? { name: 'ended', result } : { name: 'stopped', at });
    if (isPage) pageRun.end(result ? 'over' : 'stopped');
  }

  async #recover(): Promise<'before' | 'start' | 'here'> {
    const { name } = this.#surroundings.machine.state;
    // The bar shows why the machine is not running; the next run starts it again.
    if (name === 'idle' || name === 'failed' || name === 'stopped') return 'start';
    return this.driver.recover().catch(() => 'start');
  }
}
