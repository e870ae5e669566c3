/** Checks the dependencies between the cells of a page. */
import { collect, throwMistakes } from '../../author-error.ts';
import type { Mistake, Position } from '../../author-error.ts';
import type { Activity } from '../activity.ts';
import { chainOf } from '../run/plan.ts';
import { cellName, MAX_MACHINES, stopsMachine } from '../cell.ts';
import type { OptionName } from '../cell.ts';
import { cellMistake } from './mistakes.ts';
import { nearest } from '../../nearest.ts';

/**
 * Throws one AuthorError for all duplicate ids and titles, and for each `after` that cannot be satisfied. Only then are cycles and
 * the order checked, since these follow the ids.
 */
export function checkActivities(cells: readonly Activity[]): void {
  const mistakes: Mistake[] = [];
  const known = new Map<string, Activity>();
  for (const cell of cells) {
    collect(mistakes, () => checkUnique(cell, known.get(cell.id)));
    if (!known.has(cell.id)) known.set(cell.id, cell);
  }
  for (const [i, cell] of cells.entries()) {
    collect(mistakes, () => checkTitle(cell, cells.slice(0, i)));
  }
  for (const cell of cells) {
    for (const id of cell.after) collect(mistakes, () => checkKnown(cell, id, known));
  }
  collect(mistakes, () => checkMachines(cells));
  throwMistakes(mistakes);
  const checked = new Set<string>();
  for (const cell of cells) checkCycle(cell, known, [], checked);
  for (const cell of cells) {
    collect(mistakes, () => checkOrder(cell, cells));
    collect(mistakes, () => checkFresh(cell, chainOf(cells, cell.id)));
  }
  throwMistakes(mistakes);
}

function checkUnique(cell: Activity, first: Activity | undefined): void {
  if (!first) return;
  throw cellMistake(
    'DuplicateCellId',
    positionOf(cell, 'id'),
    `The ${cell.kind} "${cell.id}" is defined twice on this page, but links and tests use its id.`,
    `Rename one of them. The first is on line ${first.position.line}.`,
  );
}

/** Throws when readers would see the same name on a cell above. */
function checkTitle(cell: Activity, above: readonly Activity[]): void {
  const twin = above.find((each) => each.id !== cell.id && cellName(each) === cellName(cell));
  if (!twin) return;
  throw cellMistake(
    'DuplicateCellTitle',
    positionOf(cell, cell.title === undefined ? 'id' : 'title'),
    `Readers see the name "${cellName(cell)}" twice on this page: "${twin.id}" and "${cell.id}".`,
    `Change the title of one of them. The first is on line ${twin.position.line}.`,
  );
}

/** The position of an option of a cell, or of its fence if the option is absent. */
function positionOf(cell: Activity, option: OptionName): Position {
  return { ...cell.position, column: cell.columns[option] ?? cell.position.column };
}

function checkKnown(cell: Activity, id: string, known: ReadonlyMap<string, Activity>): void {
  const before = known.get(id);
  if (!before) {
    const cells = [...known.values()].filter(({ kind }) => kind === 'cell').map((each) => each.id);
    const meant = nearest(id, cells);
    const hint = cells.length
      ? `The cells are ${cells.join(', ')}.`
      : `Remove "${id}" from after: this page has no cells.`;
    throw cellMistake(
      'UnknownCell',
      positionOf(cell, 'after'),
      `The ${cell.kind} "${cell.id}" is to run after "${id}", which is not on this page.`,
      meant ? `Did you mean "${meant}"?` : hint,
    );
  }
  if (before.kind === 'task') {
    throw cellMistake(
      'AfterTask',
      positionOf(cell, 'after'),
      `The ${cell.kind} "${cell.id}" is to run after "${id}", but "${id}" is a task, and nothing can run after a task.`,
      `Remove "${id}" from after. If "${cell.id}" needs the state that the task asks for, name a cell that produces it.`,
    );
  }
  if (before.machine !== cell.machine) {
    throw cellMistake(
      'OtherMachine',
      positionOf(cell, 'after'),
      `The ${cell.kind} "${cell.id}" runs on the machine "${cell.machine}", but "${id}" runs on "${before.machine}".`,
      `Remove "${id}" from after, or let both run on the same machine.`,
    );
  }
  if (stopsMachine(before)) {
    throw cellMistake(
      'AfterStopped',
      positionOf(cell, 'after'),
      `The ${cell.kind} "${cell.id}" cannot run after "${id}", because "${id}" stops the machine.`,
      `Remove "${id}" from after.`,
    );
  }
  if (before.skip === undefined) return;
  throw cellMistake(
    'AfterSkipped',
    positionOf(cell, 'after'),
    `The ${cell.kind} "${cell.id}" is to run after "${id}", which is skipped, so it could never run.`,
    `Write skip="reason" for "${cell.id}" as well, instead of after=${id}.`,
  );
}

/** Throws for the first cell whose machine exceeds the maximum. */
function checkMachines(cells: readonly Activity[]): void {
  const machines = new Set<string>();
  for (const cell of cells) {
    machines.add(cell.machine);
    if (machines.size <= MAX_MACHINES) continue;
    const others = [...machines].slice(0, -1).map((name) => `"${name}"`);
    throw cellMistake(
      'TooManyMachines',
      positionOf(cell, 'machine'),
      `The machine "${cell.machine}" is one too many: a page can have at most ${MAX_MACHINES}.`,
      `Run the cell on ${others.join(' or ')}, or move it to another page.`,
    );
  }
}

/** Throws when a cell depends on itself. `checked` contains the cells that do not. */
function checkCycle(
  cell: Activity,
  known: ReadonlyMap<string, Activity>,
  path: string[],
  checked: Set<string>,
): void {
  if (checked.has(cell.id)) return;
  if (path.includes(cell.id)) {
    const cycle = [...path.slice(path.indexOf(cell.id)), cell.id].join(' after ');
    const hint = 'Remove one of these dependencies.';
    const message = `These cells depend on each other: ${cycle}.`;
    throw cellMistake('CellCycle', positionOf(cell, 'after'), message, hint);
  }
  for (const id of cell.after) {
    const next = known.get(id);
    if (next) checkCycle(next, known, [...path, cell.id], checked);
  }
  checked.add(cell.id);
}

/** Throws when a cell comes after one below it: a reader who starts at the top would miss that one. */
function checkOrder(cell: Activity, cells: readonly Activity[]): void {
  const below = cells.slice(cells.indexOf(cell)).find(({ id }) => cell.after.includes(id));
  if (!below) return;
  throw cellMistake(
    'AfterLater',
    positionOf(cell, 'after'),
    `The ${cell.kind} "${cell.id}" is to run after "${below.id}", which is below it.`,
    `Move "${below.id}" (line ${below.position.line}) above "${cell.id}", or remove it from after.`,
  );
}

/** Throws when a fresh cell would undo other cells of the chain. */
function checkFresh(cell: Activity, chain: readonly Activity[]): void {
  const first = chain[0];
  if (cell.fresh && first) {
    throw cellMistake(
      'AfterAndFresh',
      positionOf(cell, 'fresh'),
      `The ${cell.kind} "${cell.id}" begins on a clean machine, and so cannot run after "${first.id}".`,
      'Remove fresh or after.',
    );
  }
  const late = chain.find((before, i) => before.fresh && i > 0);
  if (!late || !first) return;
  throw cellMistake(
    'AfterAndFresh',
    positionOf(cell, 'after'),
    `"${late.id}" begins on a clean machine, which undoes "${first.id}".`,
    `Name "${late.id}" first in the option after, or remove one of the two.`,
  );
}
