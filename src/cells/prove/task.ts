/**
 * Proves the tasks of a page: their checks fail before, pass after each solution, and fail after each mistake with the
 * expected hint. Solutions and mistakes are typed into a real session.
 */
import type { Machine } from '../../machine/machine.ts';
import { byMachine } from '../activity.ts';
import type { Activity } from '../activity.ts';
import { toLines } from '../match/lines.ts';
import { Driver } from '../run/driver.ts';
import { CLEAN } from '../run/history.ts';
import type { Waypoint } from '../run/history.ts';
import { chainOf } from '../run/plan.ts';
import { failureOf, judge, notRunAfter } from '../run/result.ts';
import type { RunFailure, StepOutcome } from '../run/result.ts';
import { runChecks } from '../run/run-task.ts';
import { hintFor } from '../run/task-hint.ts';
import type { Task } from '../task.ts';
import type { Finding } from './finding.ts';
import { isAsExpected, nameTrial, trialsOf } from './task-trial.ts';
import type { TaskTrial, TrialResult } from './task-trial.ts';

const now = (): number => performance.now();

/** Proves each chosen task, and yields a finding for each of its trials. */
export async function* proveTasks(
  machine: Machine,
  activities: readonly Activity[],
  chosen: readonly Activity[] = activities,
): AsyncGenerator<Finding> {
  for (const mine of byMachine(activities).values()) {
    const driver = new Driver(machine, mine, now);
    for (const task of mine.filter((each) => each.kind === 'task')) {
      if (task.skip === undefined && chosen.includes(task))
        yield* proveTask(machine, driver, task, mine);
    }
  }
}

async function* proveTask(
  machine: Machine,
  driver: Driver<Activity>,
  task: Task,
  activities: readonly Activity[],
): AsyncGenerator<Finding> {
  const chain = chainOf(activities, task.id);
  let start: Waypoint | undefined;
  for (const trial of trialsOf(task)) {
    const begun = now();
    let outcome: Tried;
    try {
      start = await reach(machine, driver, chain, start);
      outcome = await tryOut(machine, task, trial);
    } catch (error) {
      outcome = { outcomes: [], failure: failureOf(error), result: { ...trial, typed: [] } };
    }
    yield {
      id: task.id,
      pass: `task: ${nameTrial(trial)}`,
      verdict: verdictOf(task, outcome),
      outcomes: outcome.outcomes,
      trial: outcome.result,
      milliseconds: now() - begun,
      ...(outcome.failure && { failure: outcome.failure }),
    };
  }
}

/** Brings the machine into the state in which the task begins. Rejects if a cell before it cannot run. */
async function reach(
  machine: Machine,
  driver: Driver<Activity>,
  chain: readonly Activity[],
  known: Waypoint | undefined,
): Promise<Waypoint | undefined> {
  // A trial may have ended the machine.
  await machine.start();
  if (known && (await driver.goTo(known)) === 'there') return known;
  await driver.goTo(CLEAN);
  const jobs = chain.map((activity) => ({ activity, clean: false }));
  for await (const { activity, failure } of driver.run({ jobs })) {
    if (!failure) continue;
    const { name, message } = notRunAfter(activity.id);
    throw Object.assign(new Error(message), { name });
  }
  return chain.length ? driver.keep() : CLEAN;
}

interface Tried {
  outcomes: StepOutcome[];
  result: TrialResult;
  failure?: RunFailure;
}

async function tryOut(machine: Machine, task: Task, trial: TaskTrial): Promise<Tried> {
  const { session } = task;
  const result: TrialResult = { ...trial, typed: [] };
  let outcomes: StepOutcome[] = [];
  try {
    for (const command of trial.commands) {
      let output = '';
      const { status } = await machine.run(
        { session, command, timeout: task.timeout * 1000, isByPerson: true },
        { onOutput: (text) => (output += text) },
      );
      result.typed.push({ command, status, lines: toLines(output) });
    }
    outcomes = await runChecks(machine, { ...task, drawn: trial.values });
  } catch (error) {
    return { outcomes, result, failure: failureOf(error) };
  }
  return {
    outcomes,
    result: { ...result, hint: hintFor({ ...task, drawn: trial.values }, outcomes) },
  };
}

function verdictOf(task: Task, { result, failure }: Tried) {
  if (failure) return judge([], failure);
  return isAsExpected(task, result) ? 'passed' : 'differs';
}
