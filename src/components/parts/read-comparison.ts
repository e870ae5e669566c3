// The entry of content/comparison.yaml.
import type { CollectionEntry } from 'astro:content';
import { getEntry } from 'astro:content';

/** Reads the comparison. Throws an Error if content/comparison.yaml does not exist. */
export async function readComparison(): Promise<CollectionEntry<'comparison'>> {
  const comparison = await getEntry('comparison', 'comparison');
  if (!comparison) throw new Error('content/comparison.yaml does not exist. Write it.');
  return comparison;
}
