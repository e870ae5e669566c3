/** Whether the cells of a page can depend on each other as they say. */
import type { Cell } from './cell.ts';
import { cellMistake, nearest } from './mistakes.ts';

/** Throws an AuthorError for duplicate ids, for `after` that names no cell, and for circles. */
export function checkCells(cells: readonly Cell[]): void {
  const known = new Map<string, Cell>();
  for (const cell of cells) {
    const first = known.get(cell.id);
    if (first) {
      throw cellMistake(
        'DuplicateCellId',
        cell.place,
        `The cell "${cell.id}" is defined twice on this page; ids name links and tests.`,
        `Rename one of them. The first is on line ${first.place.line}.`,
      );
    }
    known.set(cell.id, cell);
  }
  for (const cell of cells) {
    for (const id of cell.after) {
      if (known.has(id)) continue;
      const meant = nearest(id, [...known.keys()]);
      throw cellMistake(
        'UnknownCell',
        cell.place,
        `The cell "${cell.id}" is to run after "${id}", which is not on this page.`,
        meant ? `Did you mean "${meant}"?` : `The cells are ${[...known.keys()].join(', ')}.`,
      );
    }
  }
  for (const cell of cells) checkCircle(cell, known, []);
}

function checkCircle(cell: Cell, known: Map<string, Cell>, path: string[]): void {
  if (path.includes(cell.id)) {
    const circle = [...path.slice(path.indexOf(cell.id)), cell.id].join(' after ');
    const hint = 'Take one of these dependencies out.';
    throw cellMistake('CellCycle', cell.place, `These cells wait for each other: ${circle}.`, hint);
  }
  for (const id of cell.after) {
    const next = known.get(id);
    if (next) checkCircle(next, known, [...path, cell.id]);
  }
}
