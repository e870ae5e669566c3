/** Checks a task: looks at the machine's state from a session of its own, and leaves the machine as it was. */
import { StepError } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import { sessionLabel } from '../cell.ts';
import { endMatches, isAsPrinted } from '../match/compare.ts';
import { toLines } from '../match/lines.ts';
import { fillCheck, firstValues } from '../task.ts';
import type { PageTask, TaskCheck } from '../task.ts';
import type { StepOutcome } from './result.ts';
import type { StepHooks } from './step-hooks.ts';

/** The session of the checks. No cell and no reader uses it. */
const SESSION = 'check';

/**
 * Checks a task, and returns to the state before that. Resolves to the outcomes of the checks that ran. Rejects with a
 * StepError if the state cannot be kept or the machine cannot start a process, and otherwise as `Machine.run` does.
 */
export async function runTask(
  machine: Machine,
  task: PageTask,
  hooks: Pick<StepHooks, 'signal' | 'onOutcome'> = {},
): Promise<StepOutcome[]> {
  if (task.isStart) return [];
  const { signal } = hooks;
  const checkpoint = await machine.checkpoint({ signal }).catch(explainUnkept);
  try {
    return await runChecks(machine, task, hooks);
  } finally {
    await machine.returnTo(checkpoint, { forget: true, keepScreens: true });
  }
}

/** Runs a task's checks in order, up to the first that fails. The machine keeps what they change. Rejects as `runTask`. */
export async function runChecks(
  machine: Pick<Machine, 'run'>,
  task: Pick<PageTask, 'checks' | 'values' | 'drawn' | 'timeout'>,
  { signal, onOutcome }: Pick<StepHooks, 'signal' | 'onOutcome'> = {},
): Promise<StepOutcome[]> {
  const values = task.drawn ?? firstValues(task);
  const outcomes: StepOutcome[] = [];
  for (const [index, check] of task.checks.entries()) {
    const outcome = await runCheck(machine, fillCheck(check, values), task.timeout, signal);
    outcomes.push(outcome);
    onOutcome?.(index, outcome);
    if (!outcome.matches) break;
  }
  return outcomes;
}

async function runCheck(
  machine: Pick<Machine, 'run'>,
  check: TaskCheck,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<StepOutcome> {
  let output = '';
  const { status, truncated } = await machine
    .run(
      { session: SESSION, command: check.run, timeout: timeout * 1000 },
      { signal, onOutput: (text) => (output += text) },
    )
    .catch((error: unknown) => {
      throw isForkError(output) || isForkError(String(error)) ? noProcess() : error;
    });
  if (isForkError(output)) throw noProcess();
  const lines = toLines(output);
  const matches =
    check.prints === undefined
      ? endMatches(check, { status })
      : isAsPrinted({ output: check.prints, status: check.status }, { lines, status });
  return { lines, status, matches, truncated };
}

/** Whether a text is the error of the agent or the shell when the kernel refuses to start a process. */
function isForkError(text: string): boolean {
  return /(?:fork|cannot open session)(?:: retry)?: (?:Resource temporarily unavailable|Cannot allocate memory)|^StepError: (?:Resource temporarily unavailable|Cannot allocate memory)/m.test(
    text,
  );
}

function noProcess(): StepError {
  return new StepError(
    'The machine cannot start another process, so nothing was checked. End some processes, or press Undo.',
  );
}

/** Explains why the state could not be kept. */
function explainUnkept(error: unknown): never {
  if (!(error instanceof StepError)) throw error;
  const session = /^The session "(.*)" is busy\.$/.exec(error.message)?.[1];
  throw new StepError(
    session === undefined
      ? `${error.message} Nothing was checked. Press Check again.`
      : `A program is still running in session “${sessionLabel(session)}”, so nothing was checked. End it with Ctrl-C. If it has to keep running, start it again with “&” at the end of the line.`,
  );
}
