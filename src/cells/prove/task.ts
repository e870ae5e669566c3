/**
 * Proves the tasks of a page: their checks fail before, pass after each solution, and fail after each mistake with the
 * expected hint. Solutions and mistakes are typed into a real session.
 */
import type { Machine, RunRequest } from '../../machine/machine.ts';
import { byMachine } from '../activity.ts';
import type { Activity } from '../activity.ts';
import { toLines } from '../match/lines.ts';
import { Driver } from '../run/driver.ts';
import { chainOf } from '../run/plan.ts';
import { failureOf, judge } from '../run/result.ts';
import type { RunFailure, StepOutcome } from '../run/result.ts';
import { runChecks } from '../run/run-task.ts';
import { hintFor } from '../run/task-hint.ts';
import type { Task } from '../task.ts';
import type { Finding } from './finding.ts';
import { SharedRuns } from './shared-runs.ts';
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
  const trials = trialsOf(task);
  const typed = trials.map(({ commands }) => commands.map((command) => typing(task, command)));
  const runs = new SharedRuns(machine, driver, chainOf(activities, task.id), typed);
  for (const trial of trials) {
    const begun = now();
    runs.begin();
    const outcome = await tryOut(runs, task, trial);
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

/** Types a command as a person does. */
const typing = ({ session, timeout }: Task, command: string): RunRequest => ({
  ...{ session, command, timeout: timeout * 1000, isByPerson: true },
});

interface Tried {
  outcomes: StepOutcome[];
  result: TrialResult;
  failure?: RunFailure;
}

async function tryOut(machine: Pick<Machine, 'run'>, task: Task, trial: TaskTrial): Promise<Tried> {
  const result: TrialResult = { ...trial, typed: [] };
  let outcomes: StepOutcome[] = [];
  try {
    for (const command of trial.commands) {
      let output = '';
      const { status } = await machine.run(typing(task, command), {
        onOutput: (text) => (output += text),
      });
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
