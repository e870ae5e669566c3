/**
 * Parses the question before a step, and prints it back.
 *
 *   ? What will this print?   the question, above its command
 *   ( ) a number above 100    choices, if the reader is to choose
 *   (x) 1                     the right one, where no choice is what the step prints
 */
import type { Position } from '../../author-error.ts';
import { MAX_ANSWER } from '../cell.ts';
import type { Question, Step } from '../cell.ts';
import { printedChoices, withoutMarks } from '../match/prediction.ts';
import { cellMistake } from './mistakes.ts';

const QUESTION = /^\?(?: ([^]*))?$/;
const CHOICE = /^\(([ x])\)(?: ([^]*))?$/;

const mistake = (position: Position, message: string, hint: string) =>
  cellMistake('BadQuestion', position, message, hint);

/** The question with which a line begins, if it does. Throws an AuthorError if it has no text. */
export function readQuestion(line: string, position: Position): Question | undefined {
  const match = QUESTION.exec(line);
  if (!match) return undefined;
  const text = match[1]?.trim();
  if (text) return { text };
  const hint = 'Write it after "? ", or write a backslash before output of this form.';
  throw mistake(position, 'This question has no text.', hint);
}

/** Adds the choice on a line to a question. Throws an AuthorError if the line is none. */
export function readChoice(question: Question, line: string, position: Position): void {
  const [, mark, written = ''] = CHOICE.exec(line) ?? [];
  const text = written.trim();
  if (mark === undefined || !text) {
    const message =
      mark === undefined
        ? 'Only choices can stand between a question and its command.'
        : 'This choice has no text.';
    throw mistake(position, message, 'Write "( ) text" for a choice, or "$ command".');
  }
  if (withoutMarks(text).length > MAX_ANSWER) {
    const message = `This choice is longer than ${MAX_ANSWER} characters.`;
    throw mistake(
      position,
      message,
      'Shorten it, or remove the choices: the reader then types an answer.',
    );
  }
  const choices = (question.choices ??= []);
  if (choices.some((each) => each.text === text)) {
    throw mistake(position, `The choice "${text}" is given twice.`, 'Remove one of the two.');
  }
  if (mark === 'x' && choices.some(({ right }) => right)) {
    const message = 'Two choices are marked as right.';
    throw mistake(position, message, 'Mark one, and write the others with "( )".');
  }
  choices.push(mark === 'x' ? { text, right: true } : { text });
}

/** Throws an AuthorError if a step cannot have its question, or if it is not clear which choice is right. */
export function checkQuestion(step: Step, position: Position): void {
  const { ask, hidden, output, status } = step;
  if (!ask) return;
  if (hidden) {
    const hint = 'Ask about a step that the page shows, one that begins with "$ ".';
    throw mistake(position, 'A question stands before a hidden step.', hint);
  }
  const { choices } = ask;
  if (!choices) return;
  if (choices.length === 1) {
    const hint = 'Write another choice, or none; the reader then types an answer.';
    throw mistake(position, 'This question has only one choice.', hint);
  }
  const marked = choices.find(({ right }) => right);
  const [printed, ...others] = printedChoices(step).map((i) => choices[i]);
  if (marked && printed && !others.length && printed !== marked) {
    const message = `"${marked.text}" is marked as right, but the step prints "${printed.text}".`;
    throw mistake(position, message, 'Write "( )" before each choice: the printed one is right.');
  }
  // The output may not be recorded yet.
  const isRecorded = output.length > 0 || status !== 0;
  if (marked || !isRecorded || (printed && !others.length)) return;
  const count = printed ? 'Several choices match' : 'No choice matches';
  throw mistake(
    position,
    `${count} this step's output, so the right choice is unclear.`,
    'Write "(x)" before the right one.',
  );
}

/** Prints a question as `readQuestion` and `readChoice` parse it. */
export function printQuestion({ text, choices = [] }: Question): string[] {
  return [`? ${text}`, ...choices.map((each) => `(${each.right ? 'x' : ' '}) ${each.text}`)];
}
