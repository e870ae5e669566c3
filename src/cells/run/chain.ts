/** The order in which cells run. In a file of its own, since the page needs it, too. */

/** What is needed of a cell to order it. */
interface Ordered {
  id: string;
  after: readonly string[];
  fresh?: true;
  skip?: string;
}

/** The cells that have to run before this one, in order, without itself. */
export function chainOf<T extends Ordered>(cells: readonly T[], id: string): T[] {
  const found = new Set<T>();
  const visit = (cell: T | undefined): void => {
    if (!cell || found.has(cell)) return;
    for (const before of cell.after) visit(cells.find((other) => other.id === before));
    found.add(cell);
  };
  for (const before of cells.find((cell) => cell.id === id)?.after ?? []) {
    visit(cells.find((other) => other.id === before));
  }
  return [...found];
}

/** What to run next: on the machine as it stands, or on a clean one. */
export interface Turn<T> {
  cell: T;
  clean: boolean;
}

/**
 * What has to run for this cell on a machine on which the cells in `done` ran: those of its chain
 * that did not, then itself. All of them, on a clean machine, when one of them is fresh.
 */
export function turnsOf<T extends Ordered>(
  cells: readonly T[],
  cell: T,
  done: ReadonlySet<string>,
): Turn<T>[] {
  const whole = [...chainOf(cells, cell.id), cell];
  const missing = whole.filter((each) => each === cell || !done.has(each.id));
  if (!missing.some((each) => each.fresh))
    return missing.map((each) => ({ cell: each, clean: false }));
  return whole.map((each, i) => ({ cell: each, clean: i === 0 }));
}

/**
 * The whole page, in its order, without what is skipped. After a fresh cell the machine has lost
 * what the cells above it did, so those that a later cell names run once more before it.
 */
export function turnsOfPage<T extends Ordered>(cells: readonly T[]): Turn<T>[] {
  const done = new Set<string>();
  return cells
    .filter((cell) => cell.skip === undefined)
    .flatMap((cell) => {
      const turns = turnsOf(cells, cell, done);
      for (const turn of turns) {
        if (turn.clean) done.clear();
        done.add(turn.cell.id);
      }
      return turns;
    });
}
