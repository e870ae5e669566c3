/** The cells of a page, found in its text. */
import type { MdastNode } from 'satteri';
import type { Place } from '../../author-error.ts';
import type { Cell } from '../cell.ts';
import { closesFence, fencesIn, findFences, printFence, replaceFence } from './fences.ts';
import type { Fence } from './fences.ts';
import { checkCells } from './graph.ts';
import { cellMistake } from './mistakes.ts';
import { parseOptions, printOptions } from './options.ts';
import { parseTranscript, printTranscript } from './transcript.ts';

/** All cells of a page. Throws an AuthorError for the first mistake. */
export function parseChapter(file: string, text: string): Cell[] {
  return readCells(findFences(file, text));
}

/** The same, of a page that has been parsed already, with positions. */
export function cellsOfTree(root: Readonly<MdastNode>, file: string, text: string): Cell[] {
  return readCells(fencesIn(root, file, text));
}

function readCells(fences: readonly Fence[]): Cell[] {
  const cells = fences.map(parseCell);
  checkCells(cells);
  return cells;
}

function parseCell({ meta, text, place, marks, isClosed }: Fence): Cell {
  if (!isClosed) {
    // To Markdown such a cell goes on to the end of the page, so all text after it would be output.
    const hint = `End the cell with a line "${marks}".`;
    throw cellMistake('BadTranscript', place, 'The fence of this cell is never closed.', hint);
  }
  if (!text.trim()) {
    throw cellMistake('BadTranscript', place, 'This cell is empty.', 'Add a line "$ command".');
  }
  return { ...parseOptions(meta, place), steps: parseTranscript(text, place), place };
}

/** The page's text with the given cells' steps in place of their old ones; the rest is untouched. */
export function replaceCells(text: string, cells: readonly Cell[]): string {
  let replaced = text;
  // From the end, so that what stands before is still where it was.
  for (const fence of findFences('', text).reverse()) {
    const { id } = parseOptions(fence.meta, fence.place);
    const cell = cells.find((candidate) => candidate.id === id);
    if (!cell) continue;
    const printed = printTranscript(cell.steps).split('\n');
    // Output that would end the fence needs longer marks.
    const endsFence = printed.some((line) => closesFence(line, fence.marks));
    replaced = endsFence
      ? replaceFence(replaced, fence, printCell(cell).split('\n'), 'whole')
      : replaceFence(replaced, fence, printed, 'text');
  }
  return replaced;
}

/** A fence that is not written as the formatter writes it: its first other line, and that line as it should be. */
export interface Unformatted {
  place: Place;
  before: string;
  after: string;
}

/**
 * The page's text with all its cells' fences in their canonical form, and which of them were not.
 * Throws an AuthorError for the first mistake in one of them.
 */
export function formatChapter(
  file: string,
  text: string,
): { text: string; unformatted: Unformatted[] } {
  let formatted = text;
  const unformatted: Unformatted[] = [];
  for (const fence of findFences(file, text).reverse()) {
    const { begin, end } = fence.span;
    const replaced = replaceFence(
      formatted,
      fence,
      printCell(parseCell(fence)).split('\n'),
      'whole',
    );
    if (replaced === formatted) continue;
    const found = text.slice(begin, end).split('\n');
    const printed = replaced.slice(begin, replaced.length - (formatted.length - end)).split('\n');
    const first = printed.findIndex((line, i) => line !== found[i]);
    const at = first < 0 ? printed.length : first;
    unformatted.unshift({
      place: { file, line: fence.place.line + at, column: 1 },
      before: found[at] ?? '',
      after: printed[at] ?? '',
    });
    formatted = replaced;
  }
  return { text: formatted, unformatted };
}

/** A cell as its author would write it. */
export function printCell(cell: Cell): string {
  return printFence(`cell ${printOptions(cell)}`, printTranscript(cell.steps)).join('\n');
}
