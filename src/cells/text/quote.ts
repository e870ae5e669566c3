/** Quotes a cell's output in the text, so that the two cannot differ. */
import type { Position } from '../../author-error.ts';
import type { Cell, Step } from '../cell.ts';
import { counted } from '../../counted.ts';
import { cellMistake } from './mistakes.ts';
import { nearest } from '../../nearest.ts';
import { showToken, tokenize } from '../match/pattern.ts';

/** The attributes of an `<Output>`; `step` and `line` count from 1. */
export interface Quotation {
  cell: string;
  /** Only this step; otherwise any step that matches. */
  step?: number | undefined;
  /** Only this line of a step's output; otherwise any line that matches. */
  line?: number | undefined;
  /** A regular expression; quotes its first group, or else the whole match. */
  match?: string | undefined;
  /** Quotes the exit status instead of the output. */
  status?: boolean | undefined;
}

interface Found {
  value: string;
  /** Line number in the file. */
  at: number;
  /** Whether the value includes or touches a part that may vary. */
  varies: boolean;
  /** The step that prints it. */
  step: Step;
}

/** The quoted text. Throws an AuthorError when the cell does not print it, or when it may vary. */
export function quote(cells: readonly Cell[], quotation: Quotation, position: Position): string {
  const cell = cells.find(({ id }) => id === quotation.cell);
  if (!cell) throw unknownCell(cells, quotation.cell, position);
  if (cell.skip !== undefined) {
    const message = `The cell "${cell.id}" is skipped, so its output is not verified.`;
    throw cellMistake('UnknownOutput', position, message, 'Quote a cell that runs.');
  }
  if (!quotation.status && !hasOutput(cell)) {
    const message = `The cell "${cell.id}" has no output yet, so none can be quoted.`;
    const hint = `Record it with \`npm run verify -- --accept ${position.file}\`. If the cell prints nothing, quote another cell.`;
    throw cellMistake('MissingOutput', position, message, hint);
  }
  const steps = chooseSteps(cell, quotation, position);
  const found = quotation.status ? statuses(steps) : matches(steps, quotation, position);
  const first = found[0];
  if (!first) throw notPrinted(cell, steps, quotation, position);
  const other = found.find(({ value }) => value !== first.value);
  if (other) {
    const message = `The cell "${cell.id}" has “${first.value}” on line ${first.at} and “${other.value}” on line ${other.at}; which of them is meant?`;
    const hint = 'Say so with step={…}, line={…} or match="…".';
    throw cellMistake('AmbiguousOutput', position, message, hint);
  }
  if (position.line < cell.position.line && found.some(({ step }) => step.ask)) {
    const message = `“${first.value}” gives away the answer to the question in the cell “${cell.id}” below.`;
    const hint = 'Quote it below the cell, or remove the question.';
    throw cellMistake('EarlyAnswer', position, message, hint);
  }
  if (first.varies) {
    const message = `“${first.value}” on line ${first.at} includes or touches text that varies, so it cannot be quoted.`;
    const hint =
      'Quote a part that does not vary, or let the cell print a relation instead of a number.';
    throw cellMistake('VaryingOutput', position, message, hint);
  }
  return first.value;
}

/** Whether anything below its commands has been written. */
function hasOutput({ steps }: Cell): boolean {
  return steps.some(
    ({ output, status, waits, stops }) => output.length > 0 || status !== 0 || waits || stops,
  );
}

function chooseSteps(cell: Cell, { step }: Quotation, position: Position): Step[] {
  if (step === undefined) return cell.steps;
  const chosen = cell.steps[step - 1];
  if (chosen) return [chosen];
  const message = `The cell "${cell.id}" has ${counted(cell.steps.length, 'step')}; there is no step ${step}.`;
  const hint = 'Steps are counted from 1, one for each line that begins with "$ ".';
  throw cellMistake('UnknownOutput', position, message, hint);
}

function statuses(steps: readonly Step[]): Found[] {
  // Among several steps, a page does not quote a success.
  return steps
    .filter(({ status }) => status !== 0 || steps.length === 1)
    .map((step) => ({ value: String(step.status), at: step.line, varies: false, step }));
}

function matches(steps: readonly Step[], quotation: Quotation, position: Position): Found[] {
  const pattern = readPattern(quotation.match, position);
  return steps.flatMap((step) => {
    const { output, command, line: commandLine } = step;
    const begin = commandLine + command.split('\n').length;
    return output.flatMap((line, i) => {
      if (quotation.line !== undefined && quotation.line !== i + 1) return [];
      return findIn(line, pattern).map((found) => ({ ...found, at: begin + i, step }));
    });
  });
}

/** Compiles the pattern, with indices of its matches. */
function readPattern(match: string | undefined, position: Position): RegExp {
  try {
    return new RegExp(match ?? '.+', 'dg');
  } catch (error) {
    const message = `match="${match}" is not a regular expression: ${(error as Error).message}.`;
    const hint = 'Write a backslash before each literal character: \\( \\[ \\. \\* \\+ \\?';
    throw cellMistake('BadQuotation', position, message, hint);
  }
}

function findIn(line: string, pattern: RegExp): Omit<Found, 'at' | 'step'>[] {
  let text = '';
  const varying: [number, number][] = [];
  for (const token of tokenize(line)) {
    const from = text.length;
    text += showToken(token);
    if (token.kind !== 'text') varying.push([from, text.length]);
  }
  return [...text.matchAll(pattern)].flatMap(({ indices }) => {
    const [from, to] = indices?.[1] ?? indices?.[0] ?? [0, 0];
    if (from === to) return [];
    const varies = varying.some(([begin, end]) => begin <= to && end >= from);
    return [{ value: text.slice(from, to), varies }];
  });
}

function unknownCell(cells: readonly Cell[], id: string, position: Position) {
  const ids = cells.map((cell) => cell.id);
  const meant = nearest(id, ids);
  const listed = ids.length ? `The cells are ${ids.join(', ')}.` : 'This page has no cells.';
  return cellMistake(
    'UnknownOutput',
    position,
    `<Output> quotes the cell "${id}", which is not on this page.`,
    meant ? `Did you mean "${meant}"?` : listed,
  );
}

function notPrinted(
  cell: Cell,
  steps: readonly Step[],
  { step, line, match, status }: Quotation,
  position: Position,
) {
  const where = `${step === undefined ? '' : `step ${step} of `}the cell "${cell.id}"`;
  const lines = steps.flatMap(({ output }) => output);
  const shown = lines.slice(0, 3).map((text) => `“${text}”`);
  const printed = lines.length
    ? `It prints ${shown.join(', ')}${lines.length > 3 ? ', …' : ''}.`
    : 'It prints nothing.';
  const asked = [match && `match of /${match}/`, line && `line ${line}`].filter(Boolean);
  return cellMistake(
    'UnknownOutput',
    position,
    status
      ? `All steps of the cell "${cell.id}" end with status 0.`
      : `There is no ${asked.join(' in ') || 'output'} in ${where}. ${printed}`,
    'Correct the reference or the text: the cell’s output may have changed.',
  );
}
