/** Compares what a reader predicts with what a step prints. */
import type { Step } from '../cell.ts';
import { ANY, lineTest } from './pattern.ts';

type Printed = Pick<Step, 'output' | 'ask'>;

const inWords = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Whether a text is what the step prints, apart from blanks and line ends. Text of the output that may vary counts as equal. */
export function isWhatPrints({ output }: Printed, text: string): boolean {
  const lines = output.map(inWords).filter(Boolean);
  // An output of which nothing is fixed would be equal to any text.
  if (lines.every((line) => line === ANY)) return false;
  return lineTest(lines.join(' '))(inWords(text));
}

/** The choices that a step prints word for word. */
export function printedChoices(step: Printed): number[] {
  const choices = step.ask?.choices ?? [];
  return choices.flatMap(({ text }, i) => (isWhatPrints(step, withoutMarks(text)) ? [i] : []));
}

/**
 * The right choice: the one that its author has marked, or else the only one that the step prints. Undefined if that is
 * not known, as for an output that is not recorded yet.
 */
export function rightChoice(step: Printed): number | undefined {
  const marked = step.ask?.choices?.findIndex(({ right }) => right) ?? -1;
  if (marked >= 0) return marked;
  const [first, ...others] = printedChoices(step);
  return others.length ? undefined : first;
}

/** A text without the backticks that mark code in it. */
export function withoutMarks(text: string): string {
  return text.replaceAll('`', '');
}
