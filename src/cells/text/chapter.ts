/** The cells of a page, found in its text. */
import type { Place } from '../../author-error.ts';
import type { Cell } from '../cell.ts';
import { closesFence, findFences, placeOfMeta, printFence } from './fences.ts';
import type { Fence } from './fences.ts';
import { checkCells } from './graph.ts';
import { cellMistake } from './mistakes.ts';
import { parseOptions, printOptions } from './options.ts';
import { parseTranscript, printTranscript } from './transcript.ts';

/** One cell from a fence's meta and text. `place` is that of the first character of the meta. */
export function parseCell(meta: string, text: string, place: Place): Cell {
  if (!text.trim()) {
    throw cellMistake('BadTranscript', place, 'This cell is empty.', 'Add a line "$ command".');
  }
  return { ...parseOptions(meta, place), steps: parseTranscript(text, place), place };
}

/** All cells of a page. Throws an AuthorError for the first mistake. */
export function parseChapter(file: string, text: string): Cell[] {
  const lines = text.split('\n');
  const cells = findFences(lines).map((fence) => {
    if (fence.to === lines.length) throw unclosed(file, fence);
    return parseCell(fence.meta, fence.text, placeOfMeta(file, fence));
  });
  checkCells(cells);
  return cells;
}

/** To Markdown such a cell goes on to the end of the page, so all text after it would be output. */
function unclosed(file: string, fence: Fence): Error {
  const message = `The fence of this cell is never closed.`;
  const hint = `End the cell with a line "${fence.marks}".`;
  return cellMistake('BadTranscript', placeOfMeta(file, fence), message, hint);
}

/** The page's text with the given cells' steps in place of their old ones; the rest is untouched. */
export function replaceCells(text: string, cells: readonly Cell[]): string {
  const lines = text.split('\n');
  for (const fence of findFences(lines).reverse()) {
    const { indent, marks, from, to } = fence;
    const { id } = parseOptions(fence.meta, placeOfMeta('', fence));
    const cell = cells.find((candidate) => candidate.id === id);
    if (!cell) continue;
    const printed = printTranscript(cell.steps).split('\n');
    // Output that would end the fence needs longer marks.
    if (printed.some((line) => closesFence(line, marks))) {
      lines.splice(fence.at, to + 1 - fence.at, ...printCell(cell, indent).split('\n'));
    } else {
      lines.splice(from, to - from, ...printed.map((line) => (line ? indent + line : line)));
    }
  }
  return lines.join('\n');
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
  const lines = text.split('\n');
  const unformatted: Unformatted[] = [];
  for (const fence of findFences(lines).reverse()) {
    if (fence.to === lines.length) throw unclosed(file, fence);
    const cell = parseCell(fence.meta, fence.text, placeOfMeta(file, fence));
    const printed = printCell(cell, fence.indent).split('\n');
    const found = lines.slice(fence.at, fence.to + 1);
    const first = printed.findIndex((line, i) => line !== found[i]);
    if (first < 0 && found.length === printed.length) continue;
    const at = first < 0 ? printed.length : first;
    unformatted.unshift({
      place: { file, line: fence.at + 1 + at, column: 1 },
      before: found[at] ?? '',
      after: printed[at] ?? '',
    });
    lines.splice(fence.at, found.length, ...printed);
  }
  return { text: lines.join('\n'), unformatted };
}

/** A cell as its author would write it. */
export function printCell(cell: Cell, indent = ''): string {
  return printFence(`cell ${printOptions(cell)}`, printTranscript(cell.steps), indent).join('\n');
}
