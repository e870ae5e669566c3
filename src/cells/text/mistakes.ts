/** The mistakes that authors can make in cells; the names are permanent. */
import { AuthorError } from '../../author-error.ts';
import type { Position } from '../../author-error.ts';

const titles = {
  BadCellOption: 'An option of a cell cannot be read',
  UnknownCellOption: 'A cell has an option that does not exist',
  UnknownSession: 'A cell names a session that does not exist',
  BadCellId: 'A cell needs an id',
  DuplicateCellId: 'Two cells of a page have the same id',
  DuplicateCellTitle: 'Two cells of a page have the same name for readers',
  UnknownCell: 'A cell depends on one that does not exist',
  CellCycle: 'Cells depend on each other in a cycle',
  AfterLater: 'A cell depends on one below it',
  AfterStopped: 'A cell depends on one that stops the machine',
  AfterSkipped: 'A cell depends on one that is skipped',
  OtherMachine: 'A cell depends on a cell of another machine',
  TooManyMachines: 'A page has too many machines',
  AfterAndFresh: 'A fresh cell cannot come after others',
  UnformattedCell: 'A cell is not in canonical form',
  BadMarkdown: 'A page cannot be read as MDX',
  NotACell: 'Something looks like a cell but is not one',
  BadTask: 'A task cannot be read',
  BadTranscript: 'The text of a cell cannot be read',
  BadQuestion: 'A question of a cell cannot be read',
  EarlyAnswer: 'A page quotes an output above the question about it',
  MissingOutput: 'A page quotes a cell whose output is not recorded yet',
  UnknownOutput: 'A page quotes text that none of its cells prints',
  AmbiguousOutput: 'A page quotes one of several outputs without saying which',
  VaryingOutput: 'A page quotes an output that varies',
  BadQuotation: 'A quotation cannot be read',
} as const;

export type CellMistake = keyof typeof titles;

/** The error for a mistake in a cell: `message` says what is wrong, `hint` how to correct it. */
export function cellMistake(
  name: CellMistake,
  position: Position,
  message: string,
  hint: string,
): AuthorError {
  return new AuthorError({ name, title: titles[name], message, hint, position });
}
