/** The cells of a page, found in its text. */
import type { Place } from '../author-error.ts';
import type { Cell } from './cell.ts';
import { checkCells } from './graph.ts';
import { cellMistake } from './mistakes.ts';
import { isCell, parseOptions, printOptions } from './options.ts';
import { parseTranscript, printTranscript } from './transcript.ts';

/** A fence that is a cell: the lines [from, to) of the text between its fences, counted from 0. */
interface Fence {
  meta: string;
  from: number;
  to: number;
}

/** Finds fences as CommonMark does: closed by at least as many of the same marks. */
function findFences(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const open = /^ {0,3}(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(lines[at] ?? '');
    if (!open) continue;
    const [, marks = '', language, meta = ''] = open;
    const close = new RegExp(`^ {0,3}${marks[0] ?? ''}{${marks.length},}\\s*$`);
    let end = at + 1;
    while (end < lines.length && !close.test(lines[end] ?? '')) end++;
    if (isCell(language, meta)) fences.push({ meta: meta.trim(), from: at + 1, to: end });
    at = end;
  }
  return fences;
}

/** One cell from a fence's meta and text. `place` is that of the opening fence. */
export function parseCell(meta: string, text: string, place: Place): Cell {
  if (!text.trim()) {
    throw cellMistake('BadTranscript', place, 'This cell is empty.', 'Add a line "$ command".');
  }
  return { ...parseOptions(meta, place), steps: parseTranscript(text, place), place };
}

/** All cells of a page. Throws an AuthorError for the first mistake. */
export function parseChapter(file: string, text: string): Cell[] {
  const lines = text.split('\n');
  const cells = findFences(lines).map(({ meta, from, to }) =>
    parseCell(meta, lines.slice(from, to).join('\n'), { file, line: from, column: 1 }),
  );
  checkCells(cells);
  return cells;
}

/** The page's text with the given cells' steps in place of their old ones; the rest is untouched. */
export function replaceCells(text: string, cells: readonly Cell[]): string {
  const lines = text.split('\n');
  for (const { meta, from, to } of findFences(lines).reverse()) {
    const { id } = parseOptions(meta, { file: '', line: from });
    const cell = cells.find((candidate) => candidate.id === id);
    if (cell) lines.splice(from, to - from, ...printTranscript(cell.steps).split('\n'));
  }
  return lines.join('\n');
}

/** A cell as its author would write it. */
export function printCell(cell: Cell): string {
  return `\`\`\`sh cell ${printOptions(cell)}\n${printTranscript(cell.steps)}\n\`\`\``;
}
