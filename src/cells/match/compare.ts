/** Compares a step's live output with the printed output. */
import type { Step } from '../cell.ts';
import type { StepOutcome } from '../run/result.ts';
import { ANY, lineTest } from './pattern.ts';

/** How a step is printed to end. */
type PrintedEnd = Pick<Step, 'status' | 'waits' | 'stops'>;
type End = Pick<StepOutcome, 'status' | 'hasStopped'>;

/** Whether a step ended as printed. If its program waits for input or the machine stops, it has no status, and has to say so. */
export function endMatches(printed: PrintedEnd, { status, hasStopped }: End): boolean {
  if (printed.stops || hasStopped) return printed.stops === hasStopped;
  return status === (printed.waits ? undefined : printed.status);
}

/** Whether output and end of a step are as printed. */
export function isAsPrinted(
  step: Pick<Step, 'output'> & PrintedEnd,
  { lines, ...end }: End & { lines: readonly string[] },
): boolean {
  return endMatches(step, end) && outputMatches(step.output, lines);
}

/** Whether output is as the author wrote it. The time is at most proportional to the product of both lengths. */
export function outputMatches(expected: readonly string[], actual: readonly string[]): boolean {
  const tests = expected.map((line) => (line === ANY ? undefined : lineTest(line)));
  let at = 0;
  let index = 0;
  // When a line does not match, matching backtracks here: the last `...` takes one more line.
  let back: { index: number; at: number } | undefined;
  while (index < tests.length || at < actual.length) {
    const candidate = actual[at];
    if (index < tests.length && !tests[index]) {
      back = { index: ++index, at };
    } else if (candidate !== undefined && tests[index]?.(candidate)) {
      index++;
      at++;
    } else if (back && back.at < actual.length) {
      index = back.index;
      at = ++back.at;
    } else {
      return false;
    }
  }
  return true;
}
