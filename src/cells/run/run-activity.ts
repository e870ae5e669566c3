/** Runs one activity on a machine and compares its output with the printed output. */
import { MachineError } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { PageActivity } from '../activity.ts';
import type { PageCell, Step } from '../cell.ts';
import { isAsPrinted } from '../match/compare.ts';
import { toLines } from '../match/lines.ts';
import { partTest } from '../match/pattern.ts';
import type { StepOutcome } from './result.ts';
import type { StepHooks } from './step-hooks.ts';
import { runTask } from './run-task.ts';

/** In an unfinished line, the interrupt pattern is searched for in this many last characters. */
const LONGEST_LINE = 4096;

type Ended = Pick<StepOutcome, 'status' | 'hasStopped' | 'truncated'>;

/** Runs an activity of any kind. Rejects as `Machine.run` does; the outcomes so far went to the hooks. */
export function runActivity(
  machine: Machine,
  activity: PageActivity,
  hooks: StepHooks = {},
): Promise<StepOutcome[]> {
  switch (activity.kind) {
    case 'cell':
      return runCell(machine, activity, hooks);
    case 'task':
      return runTask(machine, activity, hooks);
  }
}

/** Runs all steps in order. Rejects as `Machine.run` does; the outcomes so far went to the hooks. */
async function runCell(machine: Machine, cell: PageCell, hooks: StepHooks): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const [index, step] of cell.steps.entries()) {
    hooks.onStep?.(index);
    const interrupt = new AbortController();
    const watch = watchFor(cell.interrupt, () => interrupt.abort());
    let output = '';
    const onOutput = (text: string): void => {
      output += text;
      hooks.onOutput?.(index, text);
      watch(text);
    };
    const result = await machine
      .run(
        { session: cell.session, command: step.command, timeout: cell.timeout * 1000 },
        {
          signal: hooks.signal,
          interrupt: interrupt.signal,
          onOutput,
          onListens: (program) => hooks.onListens?.(program, () => interrupt.abort()),
        },
      )
      .catch((reason: unknown) => endOfMachine(step, reason));
    const { truncated, ...end } = result;
    const lines = toLines(output);
    const matches = cell.isEdited === true || isAsPrinted(step, { lines, ...end });
    const outcome: StepOutcome = { lines, ...end, matches, truncated };
    outcomes.push(outcome);
    hooks.onOutcome?.(index, outcome);
  }
  return outcomes;
}

/** The result of a step that says that the machine stops. Throws all other errors. */
function endOfMachine({ stops }: Pick<Step, 'stops'>, reason: unknown): Ended {
  const hasStopped = reason instanceof MachineError && reason.failure === 'GuestStopped';
  if (!stops || !hasStopped) throw reason;
  return { status: undefined, hasStopped: true, truncated: false };
}

/** Takes output in pieces. Calls `onFound` when a line, complete or not, contains the pattern. */
function watchFor(pattern: string | undefined, onFound: () => void): (text: string) => void {
  if (pattern === undefined) return () => {};
  const holds = partTest(pattern);
  let unfinished = '';
  return (text) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.at(-1) ?? '';
    // Searching an endless line again with each piece would take too long.
    if (unfinished.length > LONGEST_LINE) unfinished = unfinished.slice(-LONGEST_LINE);
    if (toLines(lines.join('\n')).some(holds)) onFound();
  };
}
