/** Chooses the hint for a task whose check has failed. Pure. */
import { partTest } from '../match/pattern.ts';
import { fillCheck, firstValues } from '../task.ts';
import type { PageTask, TaskHint } from '../task.ts';
import type { StepOutcome } from './result.ts';

/** Maximum number of characters of a check's output in a hint. */
const MAX_OUTPUT = 200;

export interface ShownHint extends TaskHint {
  /** Index of the check that failed. */
  check: number;
  /** The output for `{output}`. */
  output: string;
}

/** The hint for the first check that failed; undefined if none has. */
export function hintFor(
  task: Pick<PageTask, 'checks' | 'values' | 'drawn'>,
  outcomes: readonly StepOutcome[],
): ShownHint | undefined {
  const at = outcomes.findIndex(({ matches }) => !matches);
  const [outcome, check] = [outcomes[at], task.checks[at]];
  if (!outcome || !check) return undefined;
  const { hints } = fillCheck(check, task.drawn ?? firstValues(task));
  const hint = hints.find(({ when }) => when === undefined || outcome.lines.some(partTest(when)));
  return hint && { ...hint, check: at, output: shorten(outcome.lines) };
}

function shorten(lines: readonly string[]): string {
  const text = lines.join(' ⏎ ').trim();
  if (!text) return '(nothing)';
  return text.length > MAX_OUTPUT ? `${text.slice(0, MAX_OUTPUT)} …` : text;
}
