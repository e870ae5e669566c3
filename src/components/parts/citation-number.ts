const numbers = new WeakMap<object, Map<string, number>>();

/** The number of a source on a page: 1 for the first one that is cited there, and the same each time. */
export function citationNumber(page: object, source: string): number {
  const known = numbers.get(page) ?? new Map<string, number>();
  numbers.set(page, known);
  const number = known.get(source) ?? known.size + 1;
  known.set(source, number);
  return number;
}
