/** Whether the cells of a page can depend on each other as they say. */
import type { Position } from '../../author-error.ts';
import type { Activity } from '../activity.ts';
import { chainOf } from '../run/plan.ts';
import { MOST_MACHINES } from '../cell.ts';
import type { OptionName } from '../cell.ts';
import { cellMistake } from './mistakes.ts';
import { nearest } from '../../nearest.ts';

/** Throws an AuthorError for duplicate ids, for an `after` that cannot be kept, and for circles. */
export function checkActivities(cells: readonly Activity[]): void {
  const known = new Map<string, Activity>();
  for (const cell of cells) {
    const first = known.get(cell.id);
    if (first) {
      throw cellMistake(
        'DuplicateCellId',
        placeOf(cell, 'id'),
        `The cell "${cell.id}" is defined twice on this page; ids name links and tests.`,
        `Rename one of them. The first is on line ${first.place.line}.`,
      );
    }
    known.set(cell.id, cell);
  }
  for (const cell of cells) for (const id of cell.after) checkKnown(cell, id, known);
  checkMachines(cells);
  const checked = new Set<string>();
  for (const cell of cells) checkCircle(cell, known, [], checked);
  for (const cell of cells) checkOrder(cell, cells);
  for (const cell of cells) checkFresh(cell, chainOf(cells, cell.id));
}

/** Where an option of a cell stands; its fence, if it has none. */
function placeOf(cell: Activity, option: OptionName): Position {
  return { ...cell.place, column: cell.columns[option] ?? cell.place.column };
}

function checkKnown(cell: Activity, id: string, known: ReadonlyMap<string, Activity>): void {
  const before = known.get(id);
  if (!before) {
    const meant = nearest(id, [...known.keys()]);
    throw cellMistake(
      'UnknownCell',
      placeOf(cell, 'after'),
      `The cell "${cell.id}" is to run after "${id}", which is not on this page.`,
      meant ? `Did you mean "${meant}"?` : `The cells are ${[...known.keys()].join(', ')}.`,
    );
  }
  if (before.machine !== cell.machine) {
    throw cellMistake(
      'OtherMachine',
      placeOf(cell, 'after'),
      `The cell "${cell.id}" runs on the machine "${cell.machine}", where nothing is left of "${id}", which runs on "${before.machine}".`,
      `Take "${id}" out of after, or let both run on the same machine.`,
    );
  }
  if (before.skip === undefined) return;
  throw cellMistake(
    'AfterSkipped',
    placeOf(cell, 'after'),
    `The cell "${cell.id}" is to run after "${id}", which is skipped, so that it never runs.`,
    `Write skip="reason" for "${cell.id}", too, instead of after=${id}.`,
  );
}

/** Throws for the first cell on a machine more than a page may have. */
function checkMachines(cells: readonly Activity[]): void {
  const machines = new Set<string>();
  for (const cell of cells) {
    machines.add(cell.machine);
    if (machines.size <= MOST_MACHINES) continue;
    const others = [...machines].slice(0, -1).map((name) => `"${name}"`);
    throw cellMistake(
      'TooManyMachines',
      placeOf(cell, 'machine'),
      `The machine "${cell.machine}" would be one more than the ${MOST_MACHINES} that a page may have.`,
      `Run the cell on ${others.join(' or ')}, or move it to another page.`,
    );
  }
}

/** Throws when a cell waits for itself. `checked` holds those that do not. */
function checkCircle(
  cell: Activity,
  known: ReadonlyMap<string, Activity>,
  path: string[],
  checked: Set<string>,
): void {
  if (checked.has(cell.id)) return;
  if (path.includes(cell.id)) {
    const circle = [...path.slice(path.indexOf(cell.id)), cell.id].join(' after ');
    const hint = 'Take one of these dependencies out.';
    const message = `These cells wait for each other: ${circle}.`;
    throw cellMistake('CellCycle', placeOf(cell, 'after'), message, hint);
  }
  for (const id of cell.after) {
    const next = known.get(id);
    if (next) checkCircle(next, known, [...path, cell.id], checked);
  }
  checked.add(cell.id);
}

/** Who reads the page from its top has to find a cell's needs above it. */
function checkOrder(cell: Activity, cells: readonly Activity[]): void {
  const below = cells.slice(cells.indexOf(cell)).find(({ id }) => cell.after.includes(id));
  if (!below) return;
  throw cellMistake(
    'AfterLater',
    placeOf(cell, 'after'),
    `The cell "${cell.id}" is to run after "${below.id}", which stands below it.`,
    `Move "${below.id}" (line ${below.place.line}) above "${cell.id}", or take it out of after.`,
  );
}

/** A clean machine takes with it what other cells of the chain did. */
function checkFresh(cell: Activity, chain: readonly Activity[]): void {
  const first = chain[0];
  if (cell.fresh && first) {
    throw cellMistake(
      'AfterAndFresh',
      placeOf(cell, 'fresh'),
      `The cell "${cell.id}" begins on a clean machine, and so cannot run after "${first.id}".`,
      'Take fresh or after out.',
    );
  }
  const late = chain.find((before, i) => before.fresh && i > 0);
  if (!late || !first) return;
  throw cellMistake(
    'AfterAndFresh',
    placeOf(cell, 'after'),
    `"${late.id}" begins on a clean machine, which takes away what "${first.id}" did before it.`,
    `Name "${late.id}" first in the option after, or take one of the two out.`,
  );
}
