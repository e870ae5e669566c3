/** Compares a step's live output with the printed output. */
import type { Step } from '../cell.ts';
import { ANY, lineTest } from './pattern.ts';

// Built from strings, since a control character in a regular expression literal is usually a mistake.
const ESC = '\\u001b';
const BEL = '\\u0007';
/** Operating system commands, control sequences and two-character escapes of ECMA-48. */
const ESCAPE_SEQUENCE = new RegExp(
  `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|${ESC}\\[[0-?]*[ -/]*[@-~]|${ESC}[@-Z\\\\-_]`,
  'g',
);

/** Splits terminal output into lines, without escape sequences, overwritten text and trailing blanks. */
export function toLines(output: string): string[] {
  const lines = output.replace(ESCAPE_SEQUENCE, '').split('\n').map(withoutOverwritten);
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function withoutOverwritten(line: string): string {
  const shown = line.replace(/(?<!\r)\r+$/, '');
  return shown.slice(shown.lastIndexOf('\r') + 1).trimEnd();
}

/** Whether an exit status is as printed. A step whose program waits for input has none, which counts as 0. */
export function statusMatches(printed: number, status: number | undefined): boolean {
  return (status ?? 0) === printed;
}

/** Whether a step ended as printed. */
export function isAsPrinted(
  step: Pick<Step, 'output' | 'status'>,
  { lines, status }: { lines: readonly string[]; status: number | undefined },
): boolean {
  return statusMatches(step.status, status) && outputMatches(step.output, lines);
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
