/**
 * Parses the text of a cell into steps, and prints them back.
 *
 *   ? What comes out?   a question before a step, see question.ts
 *   $# mkdir /tmp/box   a hidden step: set-up, which a page shows folded
 *   $ for i in 1 2      a step: one command, with further lines after "> "
 *   > do echo $i; done
 *   1                   its output, see pattern.ts; "..." alone matches any number of lines
 *   2
 *   [3]                 its exit status, unless that is 0
 *   [waits]             in place of that, when a program waits for input at the end
 *   [stops]             in place of that, when the machine stops
 *
 * An output line that looks like one of these begins with a backslash, which is not part of the output.
 */
import type { Position } from '../../author-error.ts';
import type { Question, Step } from '../cell.ts';
import { cellMistake } from './mistakes.ts';
import { checkQuestion, printQuestion, readChoice, readQuestion } from './question.ts';

const COMMAND = /^\$(#?)(?: ([^]*))?$/;
/** Neither `<<<` nor a shift in arithmetic. */
const HERE_DOCUMENT = /(?<![<(])<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1(?![^\n]*\)\))/g;
const STATUS = /^\[(\d{1,3}|waits|stops)\]$/;
/** Output that needs a backslash, or one more if it already begins with some. */
const LOOKS_LIKE_SYNTAX = /^\\*(?:\$|[>?](?: |$)|\[(?:\d{1,3}|waits|stops)\]$)/;

function unescape(line: string): string {
  return line.startsWith('\\') && LOOKS_LIKE_SYNTAX.test(line) ? line.slice(1) : line;
}

function escape(line: string): string {
  return LOOKS_LIKE_SYNTAX.test(line) ? `\\${line}` : line;
}

function readCommand(line: string, position: Position): Step | undefined {
  const [, prompt, next] = /^(\$#|\$(?!#))([^ ])/.exec(line) ?? [];
  if (prompt) {
    const fault = next === '\t' ? 'A tab' : 'No space';
    const message = `${fault} follows the "${prompt}" of this step.`;
    const hint =
      'In a command, write one space there. In output, write a backslash before the "$".';
    throw cellMistake('BadTranscript', position, message, hint);
  }
  const match = COMMAND.exec(line);
  if (!match) return undefined;
  const [, mark, command = ''] = match;
  if (command.trim()) {
    const step = { command, output: [], status: 0, line: position.line };
    return mark ? { ...step, hidden: true } : step;
  }
  const message = 'This step has no command.';
  const hint = `Write it after "${line.trim()} ", or write a backslash before output of this form.`;
  throw cellMistake('BadTranscript', position, message, hint);
}

/** Throws for a here-document without its last line: the shell would take the next command as its text. */
function checkHereDocuments(steps: readonly Step[], position: Position): void {
  for (const { command, line, waits } of steps) {
    if (waits) continue;
    const lines = command.split('\n').map((each) => each.trim());
    for (const [, , end = ''] of command.matchAll(HERE_DOCUMENT)) {
      if (lines.includes(end)) continue;
      const message = `The here-document <<${end} is not closed.`;
      const hint = `Below the command, begin each of its lines with "> ", and end it with the line "> ${end}".`;
      throw cellMistake('BadTranscript', { ...position, line, column: 1 }, message, hint);
    }
  }
}

type StepEnd = Pick<Step, 'status' | 'waits' | 'stops'>;

/** How a step ends, if the line says so. */
function readEnd(line: string, position: Position): StepEnd | undefined {
  const end = STATUS.exec(line)?.[1];
  if (end === undefined) return undefined;
  if (end === 'waits') return { status: 0, waits: true };
  if (end === 'stops') return { status: 0, stops: true };
  const status = Number(end);
  if (status > 0 && status < 256) return { status };
  const message = `${line} is not the exit status of a failed command.`;
  throw cellMistake(
    'BadTranscript',
    position,
    message,
    'Write a status from 1 to 255, and leave out [0].',
  );
}

/** Removes the carriage returns of a Windows file, which would otherwise be typed. */
function withoutReturns(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--;
  return line.slice(0, end);
}

/** Parses the steps. `position` is the line before the text. Throws an AuthorError for a mistake. */
export function parseTranscript(text: string, position: Position): Step[] {
  const steps: Step[] = [];
  let closed = false;
  /** The question that waits for its command. */
  let asked: { question: Question; position: Position } | undefined;
  text.split('\n').forEach((typed, i) => {
    const line = withoutReturns(typed);
    const here = { ...position, line: position.line + 1 + i, column: 1 };
    const begun = readCommand(line, here);
    if (begun) {
      if (steps.at(-1)?.stops) {
        const message = 'The step above stops the machine, so no step can follow it.';
        throw cellMistake('BadTranscript', here, message, 'Write it into another cell.');
      }
      closed = false;
      steps.push(asked ? { ...begun, ask: asked.question } : begun);
      asked = undefined;
      return;
    }
    if (asked) {
      readChoice(asked.question, line, here);
      return;
    }
    const question = readQuestion(line, here);
    if (question) {
      asked = { question, position: here };
      return;
    }
    const step = steps.at(-1);
    if (!step) {
      const message = 'A cell has to start with a command, not with output.';
      throw cellMistake('BadTranscript', here, message, 'Begin the line with "$ " and a command.');
    }
    if (closed) {
      const message = 'Nothing may follow the exit status of a step.';
      const hint = 'Write output before the status, and a backslash before output such as "[1]".';
      throw cellMistake('BadTranscript', here, message, hint);
    }
    if (/^>( |$)/.test(line) && !step.output.length) {
      step.command += `\n${line.slice(2)}`;
      return;
    }
    const end = readEnd(line.trimEnd(), here);
    if (end === undefined) {
      step.output.push(unescape(line.trimEnd()));
      return;
    }
    Object.assign(step, end);
    closed = true;
  });
  if (asked) {
    const message = 'No command follows this question.';
    throw cellMistake('BadQuestion', asked.position, message, 'Write it below, as "$ command".');
  }
  checkHereDocuments(steps, position);
  for (const step of steps) {
    // The question and its choices are the lines above the command.
    const line = step.line - 1 - (step.ask?.choices?.length ?? 0);
    checkQuestion(step, { ...position, line, column: 1 });
  }
  return steps;
}

function endOf({ status, waits, stops }: StepEnd): string[] {
  if (waits) return ['[waits]'];
  if (stops) return ['[stops]'];
  return status ? [`[${status}]`] : [];
}

/** Prints steps as the text that `parseTranscript` parses. */
export function printTranscript(steps: readonly Omit<Step, 'line'>[]): string {
  return steps
    .flatMap((step) => {
      const { command, output, hidden, ask } = step;
      const [first = '', ...more] = command.split('\n');
      return [
        ...(ask ? printQuestion(ask) : []),
        `${hidden ? '$#' : '$'} ${first}`,
        ...more.map((line) => (line ? `> ${line}` : '>')),
        ...output.map(escape),
        ...endOf(step),
      ];
    })
    .join('\n');
}
