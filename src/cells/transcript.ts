/**
 * The text of a cell and its steps, both ways.
 *
 *   $ for i in 1 2      a step: one command, with further lines after "> "
 *   > do echo $i; done
 *   1                   its output; "..." stands for any text in a line, alone for any lines
 *   2
 *   [3]                 its exit status, unless that is 0
 *
 * A backslash at the start of an output line that would look like one of these is not part of it.
 */
import type { Place } from '../author-error.ts';
import type { Step } from './cell.ts';
import { cellMistake } from './mistakes.ts';

const STATUS = /^\[(\d{1,3})\]$/;
/** Output that needs the backslash. */
const LOOKS_LIKE_SYNTAX = /^(\\|\$ |\$$|> |>$|\[\d{1,3}\]$)/;

function unescape(line: string): string {
  return line.startsWith('\\') && LOOKS_LIKE_SYNTAX.test(line.slice(1)) ? line.slice(1) : line;
}

function escape(line: string): string {
  return LOOKS_LIKE_SYNTAX.test(line) ? `\\${line}` : line;
}

/** Reads the steps. `place` is the line before the text. Throws an AuthorError. */
export function parseTranscript(text: string, place: Place): Step[] {
  const steps: Step[] = [];
  let closed = false;
  text.split('\n').forEach((line, i) => {
    const here = { ...place, line: place.line + 1 + i, column: 1 };
    const step = steps.at(-1);
    if (line.startsWith('$ ')) {
      closed = false;
      steps.push({ command: line.slice(2), output: [], status: 0, line: here.line });
      return;
    }
    if (!step) {
      const message = 'A cell has to start with a command, not with output.';
      throw cellMistake('BadTranscript', here, message, 'Begin the line with "$ " and a command.');
    }
    if (closed) {
      const message = 'Nothing may follow the exit status of a step.';
      const hint = 'Put the output before the status, or a backslash before an output like "[1]".';
      throw cellMistake('BadTranscript', here, message, hint);
    }
    if (/^>( |$)/.test(line) && !step.output.length) {
      step.command += `\n${line.slice(2)}`;
      return;
    }
    const status = STATUS.exec(line);
    if (!status) {
      step.output.push(unescape(line.trimEnd()));
      return;
    }
    step.status = Number(status[1]);
    closed = true;
    if (step.status > 0 && step.status < 256) return;
    const message = `${line} is not the exit status of a failed command.`;
    throw cellMistake('BadTranscript', here, message, 'A status is 1 to 255; leave [0] out.');
  });
  return steps;
}

/** The text that `parseTranscript` reads as these steps. */
export function printTranscript(steps: readonly Omit<Step, 'line'>[]): string {
  return steps
    .flatMap(({ command, output, status }) => [
      `$ ${command.replaceAll('\n', '\n> ')}`,
      ...output.map(escape),
      ...(status ? [`[${status}]`] : []),
    ])
    .join('\n');
}
