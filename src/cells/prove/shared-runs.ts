/** Runs the common beginnings of a task's trials only once. */
import type { Machine, RunHooks, RunRequest } from '../../machine/machine.ts';
import type { StepResult } from '../../machine/agent/step-shell.ts';
import type { Driver } from '../run/driver.ts';
import { CLEAN } from '../run/history.ts';
import type { Waypoint } from '../run/history.ts';
import { notRunAfter } from '../run/result.ts';
import type { Activity } from '../activity.ts';

/** The output of a command, and its end. */
type Ended = { output: string } & ({ result: StepResult } | { error: unknown });

/** A command after those of its predecessors. */
interface Run {
  /** Undefined at the start of all trials. */
  from?: { before: Run; request: RunRequest };
  next: Map<string, Run>;
  /** Whether trials diverge here, and return to the state after this command. */
  isFork: boolean;
  state?: Waypoint | undefined;
  ended?: Ended;
}

const keyOf = ({ session, command }: RunRequest): string => `${session} ${command}`;

/**
 * Stands for the machine in the trials of one task. The commands of all trials are a tree. A command whose predecessors
 * are the same in two trials has the same result in both, so it runs in the first one, and the other gets that result.
 */
export class SharedRuns implements Pick<Machine, 'run'> {
  readonly #machine: Machine;
  readonly #driver: Driver<Activity>;
  readonly #chain: readonly Activity[];
  readonly #start: Run = { next: new Map(), isFork: false };
  /** The last command of the current trial. */
  #here = this.#start;
  /** The last command that the machine has run; undefined if its state is not known. */
  #present: Run | undefined;

  /** `chain` runs before each trial; `trials` are the commands that will be typed in each. */
  constructor(
    machine: Machine,
    driver: Driver<Activity>,
    chain: readonly Activity[],
    trials: readonly (readonly RunRequest[])[],
  ) {
    this.#machine = machine;
    this.#driver = driver;
    this.#chain = chain;
    const ends = trials.map((requests) => requests.reduce(follow, this.#start));
    for (const trial of ends) {
      trial.isFork = trial.next.size > 0;
      for (let run = trial.from?.before; run; run = run.from?.before)
        run.isFork ||= run.next.size > 1;
    }
  }

  /** Begins a trial in the state after the chain. */
  begin(): void {
    this.#here = this.#start;
  }

  /** Runs the next command of the trial. Rejects as `Machine.run` does, or if an activity of the chain cannot run. */
  async run(request: RunRequest, hooks: RunHooks = {}): Promise<StepResult> {
    const before = this.#here;
    const run = follow(before, request);
    this.#here = run;
    run.ended ??= await this.#runAfter(before, run, request);
    hooks.onOutput?.(run.ended.output);
    if ('error' in run.ended) throw run.ended.error;
    return run.ended.result;
  }

  /** Never rejects. */
  async #runAfter(before: Run, run: Run, request: RunRequest): Promise<Ended> {
    let output = '';
    try {
      await this.#reach(before);
      this.#present = undefined;
      const result = await this.#machine.run(request, { onOutput: (text) => (output += text) });
      this.#present = run;
      if (run.isFork) run.state = await this.#driver.keep();
      return { output, result };
    } catch (error) {
      return { output, error };
    }
  }

  /** Brings the machine into the state after this command and all before it. */
  async #reach(run: Run): Promise<void> {
    if (this.#present === run) return;
    this.#present = undefined;
    // A trial may have ended the machine.
    await this.#machine.start();
    if (!run.state || (await this.#driver.goTo(run.state)) !== 'there') {
      if (!run.from) run.state = await this.#runChain();
      else {
        const again = await this.#runAfter(run.from.before, run, run.from.request);
        if ('error' in again) throw again.error;
      }
    }
    this.#present = run;
  }

  async #runChain(): Promise<Waypoint | undefined> {
    const driver = this.#driver;
    await driver.goTo(CLEAN);
    const jobs = this.#chain.map((activity) => ({ activity, clean: false }));
    for await (const { activity, failure } of driver.run({ jobs })) {
      if (!failure) continue;
      const { name, message } = notRunAfter(activity.id);
      throw Object.assign(new Error(message), { name });
    }
    return this.#chain.length ? driver.keep() : CLEAN;
  }
}

/** The run of a command after another one, which is added to the tree if it is new. */
function follow(before: Run, request: RunRequest): Run {
  const key = keyOf(request);
  const run = before.next.get(key) ?? { from: { before, request }, next: new Map(), isFork: false };
  before.next.set(key, run);
  return run;
}
