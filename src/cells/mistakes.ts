/** What authors get told about their cells; the names are permanent. */
import { AuthorError } from '../author-error.ts';
import type { Place } from '../author-error.ts';

const titles = {
  BadCellOption: 'An option of a cell cannot be read',
  UnknownCellOption: 'A cell has an option that does not exist',
  UnknownSession: 'A cell names a session that does not exist',
  BadCellId: 'A cell needs an id',
  DuplicateCellId: 'Two cells of a page have the same id',
  UnknownCell: 'A cell depends on one that does not exist',
  CellCycle: 'Cells depend on each other in a circle',
  AfterLater: 'A cell depends on one that stands below it',
  AfterSkipped: 'A cell depends on one that is skipped',
  AfterAndFresh: 'A fresh cell cannot come after others',
  UnformattedCell: 'A cell is not written in its canonical form',
  BadTranscript: 'The text of a cell cannot be read',
  UnknownOutput: 'A page quotes what no cell of it prints',
  AmbiguousOutput: 'A page quotes one of several outputs without saying which',
  VaryingOutput: 'A page quotes an output that varies',
  BadQuotation: 'A quotation cannot be read',
} as const;

export type CellMistake = keyof typeof titles;

/** The error for a mistake in a cell: what happened and why, then what to do. */
export function cellMistake(
  name: CellMistake,
  place: Place,
  message: string,
  hint: string,
): AuthorError {
  return new AuthorError({ name, title: titles[name], message, hint, place });
}

/** The candidate that a misspelt word most likely meant, if one is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, best.candidate.length / 3)
    ? best.candidate
    : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from a to b. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, i) => i)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(replaced, swapped, at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return at(a.length, b.length);
}
