import type { CollectionEntry } from 'astro:content';
import { getCollection, getEntry } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { placeOfSource, unknownEntry } from '../../course-data/unknown-entry.ts';
import type { DataFolder } from '../../course-data/unknown-entry.ts';

/** The data file with this id. Throws an AuthorError that names the data file that uses the id. Pages have already been checked. */
export async function findEntry<Folder extends DataFolder>(
  folder: Folder,
  id: string,
  usedIn = 'unknown file',
): Promise<CollectionEntry<Folder>> {
  const entry = await getEntry(folder as DataFolder, id);
  if (entry) return entry as CollectionEntry<Folder>;
  const known = (await getCollection(folder)).map((each) => each.id);
  const text = await readFile(usedIn, 'utf8').catch(() => '');
  throw unknownEntry(folder, id, known, placeOfSource(usedIn, text, id));
}
