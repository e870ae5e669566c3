/** Verifies the activities of a page on a machine: all in page order, and each alone after those that it needs. */
import type { Machine } from '../../machine/machine.ts';
import { byMachine, changesMachine } from '../activity.ts';
import type { Activity } from '../activity.ts';
import { Driver } from '../run/driver.ts';
import type { Plan } from '../run/driver.ts';
import { CLEAN } from '../run/history.ts';
import type { Waypoint } from '../run/history.ts';
import { chainOf } from '../run/plan.ts';
import { notRunAfter, resultOfFailure } from '../run/result.ts';
import type { RunResult } from '../run/result.ts';
import type { Finding } from './finding.ts';

const now = (): number => performance.now();

/** Whether a program waits for input where none is expected. */
function isStuck({ outcomes }: RunResult): boolean {
  return outcomes.some(
    ({ status, hasStopped, matches }) => status === undefined && !hasStopped && !matches,
  );
}

/** Runs one plan after the other, and continues after a failed one. */
class Prover {
  readonly #machine: Machine;
  readonly driver: Driver<Activity>;
  /** The ids of the activities that could not run. */
  readonly failed = new Set<string>();

  constructor(machine: Machine, activities: readonly Activity[]) {
    this.#machine = machine;
    this.driver = new Driver(machine, activities, now);
  }

  /**
   * Runs an activity's plan and resolves to the activity's own result. Does not run it when an activity of its
   * chain has failed before. The machine is usable afterwards.
   */
  async prove(
    { id }: Activity,
    chain: readonly Activity[],
    plan: Plan<Activity>,
  ): Promise<RunResult> {
    const broken = chain.find((each) => this.failed.has(each.id));
    if (broken) return this.#notRun(id, broken.id);
    let result: RunResult | undefined;
    for await (const { activity, ...ended } of this.driver.run(plan)) {
      if (ended.failure || isStuck(ended)) {
        this.failed.add(activity.id);
        // The state of its sessions is unknown now, or a program would take the commands of the next cell.
        await this.#machine.start();
        await this.driver.goTo(CLEAN);
        if (activity.id !== id) return this.#notRun(id, activity.id);
      }
      result = ended;
    }
    return result ?? this.#notRun(id, id);
  }

  /** The result of an activity whose chain has failed: trying that again would only waste time. */
  #notRun(id: string, broken: string): RunResult {
    this.failed.add(id);
    return resultOfFailure(notRunAfter(broken));
  }
}

/** Whether it runs in both passes. task.ts proves those that change nothing. */
const runnable = (activity: Activity): boolean =>
  activity.skip === undefined && changesMachine(activity);

/**
 * Runs the activities in page order from a clean machine, as the page does. If a fresh activity or a failure
 * has undone one that another needs, that one runs again first.
 */
export async function* proveInOrder(
  machine: Machine,
  activities: readonly Activity[],
): AsyncGenerator<Finding> {
  // The machines of a page share nothing, so one machine can stand in for each of them in turn.
  for (const mine of byMachine(activities).values()) {
    const prover = new Prover(machine, mine);
    await prover.driver.goTo(CLEAN);
    for (const activity of mine.filter(runnable)) {
      const chain = chainOf(mine, activity.id);
      const result = await prover.prove(activity, chain, prover.driver.planFor(activity));
      yield { id: activity.id, pass: 'in page order', ...result };
    }
  }
}

/** An activity, and those that run directly after it and its predecessors. */
interface Branch {
  activity: Activity;
  /** Whether it is proved here. Otherwise, it runs only for those after it. */
  isProof: boolean;
  next: Map<string, Branch>;
}

/** The chains of the chosen activities as a tree, so that each common beginning occurs once. */
function treeOf(activities: readonly Activity[], chosen: readonly Activity[]): Map<string, Branch> {
  const roots = new Map<string, Branch>();
  for (const activity of chosen.filter(runnable)) {
    let level = roots;
    for (const each of [...chainOf(activities, activity.id), activity]) {
      const branch = level.get(each.id) ?? { activity: each, isProof: false, next: new Map() };
      level.set(each.id, branch);
      if (each === activity) branch.isProof = true;
      level = branch.next;
    }
  }
  return roots;
}

const keyOf = (activities: readonly Activity[]): string => activities.map(({ id }) => id).join(' ');

/**
 * Runs each chosen activity after its chain and nothing else, in the order of the tree of all chains. Each beginning of
 * a chain runs only once: the first activity after it continues in its state, and the others return to that state. It
 * is kept only until the last of them, because the memory for kept states is limited.
 */
export async function* proveAlone(
  machine: Machine,
  activities: readonly Activity[],
  chosen: readonly Activity[] = activities,
): AsyncGenerator<Finding> {
  const prover = new Prover(machine, activities);
  const { driver, failed } = prover;
  const kept = new Map<string, Waypoint>();
  /** The key of the chain that the machine has run; undefined if that is not known. */
  let present: string | undefined;

  async function proveAfter(chain: Activity[], activity: Activity): Promise<RunResult> {
    const result = await prover.prove(activity, chain, { jobs: [{ activity, clean: false }] });
    present = failed.has(activity.id) ? undefined : keyOf([...chain, activity]);
    return result;
  }

  async function keep(): Promise<void> {
    const state = present === undefined ? undefined : await driver.keep();
    if (present !== undefined && state) kept.set(present, state);
  }

  /**
   * Brings the machine into the state after exactly this chain, unless an activity of it could not run. Drops the kept
   * state if this is its last use.
   */
  async function reach(chain: Activity[], isLast: boolean): Promise<void> {
    const last = chain.at(-1);
    if (!last) return void (await driver.goTo(CLEAN));
    const key = keyOf(chain);
    // A fault here is reported when that activity itself is verified.
    if (present === key || chain.some(({ id }) => failed.has(id))) return;
    present = undefined;
    const known = kept.get(key);
    if (isLast) kept.delete(key);
    if (known && (await driver.goTo(known, { forget: isLast })) === 'there') return;
    const before = chain.slice(0, -1);
    await reach(before, false);
    await proveAfter(before, last);
    if (!isLast) await keep();
  }

  async function* proveBranches(
    branches: readonly Branch[],
    chain: Activity[],
  ): AsyncGenerator<Finding> {
    for (const [i, { activity, isProof, next }] of branches.entries()) {
      await reach(chain, i === branches.length - 1);
      const result = await proveAfter(chain, activity);
      if (next.size > 1) await keep();
      if (isProof) yield { id: activity.id, pass: 'alone', ...result };
      yield* proveBranches([...next.values()], [...chain, activity]);
    }
  }

  yield* proveBranches([...treeOf(activities, chosen).values()], []);
}
