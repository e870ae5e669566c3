/** The order in which cells run. In a file of its own, since the page needs it, too. */

/** The cells that have to run before this one, in order, without itself. */
export function chainOf<T extends { id: string; after: readonly string[] }>(
  cells: readonly T[],
  id: string,
): T[] {
  const found: T[] = [];
  const visit = (cell: T | undefined): void => {
    if (!cell || found.includes(cell)) return;
    for (const before of cell.after) visit(cells.find((other) => other.id === before));
    found.push(cell);
  };
  for (const before of cells.find((cell) => cell.id === id)?.after ?? []) {
    visit(cells.find((other) => other.id === before));
  }
  return found;
}
