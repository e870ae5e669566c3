import type { Part } from './part.ts';

/** Selects parts: the named ones or, without names, those of `npm test` or of the full run. */
export function selectParts(parts: readonly Part[], names: string[], full: boolean): Part[] {
  const known = parts.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}. The parts are: ${known.join(', ')}.`);
  }
  if (names.length > 0) return parts.filter(({ name }) => names.includes(name));
  return parts.filter((part) => full || !part.full);
}
