// The entry of content/comparison.yaml, and the ids of its rows on the page.
import type { CollectionEntry } from 'astro:content';
import { getEntry } from 'astro:content';

/** Reads the comparison. Throws an Error if content/comparison.yaml does not exist. */
export async function readComparison(): Promise<CollectionEntry<'comparison'>> {
  const comparison = await getEntry('comparison', 'comparison');
  if (!comparison) throw new Error('content/comparison.yaml does not exist. Write it.');
  return comparison;
}

/** The id of a row in the full table, to which the short table links. */
export function comparisonRowId(row: string): string {
  return `compared-${row}`;
}
