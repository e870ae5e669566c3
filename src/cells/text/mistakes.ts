/** The mistakes that authors can make in cells and tasks; the names are permanent. */
import { AuthorError } from '../../author-error.ts';
import type { Position } from '../../author-error.ts';

const titles = {
  BadCellOption: 'An option of a cell or task cannot be read',
  UnknownCellOption: 'A cell or task has an option that does not exist',
  UnknownSession: 'A cell or task names a session that does not exist',
  BadCellId: 'A cell or task needs an id',
  DuplicateCellId: 'Two cells or tasks of a page have the same id',
  DuplicateCellTitle: 'Two cells or tasks of a page have the same name for readers',
  UnknownCell: 'A cell or task depends on a cell that does not exist',
  CellCycle: 'Cells depend on each other in a cycle',
  AfterLater: 'A cell or task depends on a cell below it',
  AfterTask: 'A cell or task depends on a task',
  AfterStopped: 'A cell or task depends on a cell that stops the machine',
  AfterSkipped: 'A cell or task depends on a cell that is skipped',
  OtherMachine: 'A cell or task depends on a cell of another machine',
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

/** The error for a mistake in a cell or task: `message` says what is wrong, `hint` how to correct it. */
export function cellMistake(
  name: CellMistake,
  position: Position,
  message: string,
  hint: string,
): AuthorError {
  return new AuthorError({ name, title: titles[name], message, hint, position });
}
