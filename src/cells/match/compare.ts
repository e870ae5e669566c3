/** Compares a step's live output with the printed output. */
import type { Step } from '../cell.ts';
import type { StepOutcome } from '../run/result.ts';
import { ANY, lineTest } from './pattern.ts';

// Built from strings, since a control character in a regular expression literal is usually a mistake.
const ESC = '\\u001b';
const BEL = '\\u0007';
/** Operating system commands, control sequences and two-character escapes of ECMA-48. */
const ESCAPE_SEQUENCE = new RegExp(
  `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|${ESC}\\[[0-?]*[ -/]*[@-~]|${ESC}[@-Z\\\\-_]`,
  'g',
);

/** Control characters, without the tab. */
const CONTROL = /[^\P{Cc}\t]/u;

/** Splits terminal output into lines, without escape sequences, overwritten text and trailing blanks. */
export function toLines(output: string): string[] {
  const text = output.replace(ESCAPE_SEQUENCE, '');
  // Most output is plain. A flood of it must not take a closer look at each line.
  const isPlain = !/[^\P{Cc}\t\n]/u.test(text);
  const lines = text
    .split('\n')
    .map((line) => (isPlain ? line.trimEnd() : withoutOverwritten(line)));
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function withoutOverwritten(line: string): string {
  const shown = line.replace(/(?<!\r)\r+$/, '');
  return withoutControls(shown.slice(shown.lastIndexOf('\r') + 1)).trimEnd();
}

/** As a terminal shows it: a backspace moves to the left, and other control characters but a tab are not shown. */
function withoutControls(line: string): string {
  if (!CONTROL.test(line)) return line;
  const shown: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === '\b') column = Math.max(0, column - 1);
    else if (!CONTROL.test(character)) shown[column++] = character;
  }
  return shown.join('');
}

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
