// The mistake of an id without a data file.
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { nearest } from '../nearest.ts';

/** The file that uses an id: its path from the project's root, and its text. */
export interface Usage {
  file: string;
  text: string;
}

/** The folders of data files, and the word for an entry of each. */
const kinds = { sources: 'source', terms: 'term', timelines: 'timeline' } as const;

export type DataFolder = keyof typeof kinds;

/** The same for an id that a file uses; its line is searched for there. */
export function unknownEntry(
  folder: DataFolder,
  id: string,
  known: readonly string[],
  { file, text }: Usage,
): AuthorError {
  const wanted = new RegExp(`\\b(?:id=|source: *|id: *)["'{]*${RegExp.escape(id)}(?![\\w-])`);
  const line = text.split('\n').findIndex((each) => wanted.test(each)) + 1;
  return noSuchEntry(folder, id, known, { file, line: line || 1 });
}

/** The error for an id that is not the name of a file in a folder of content/. */
export function noSuchEntry(
  folder: DataFolder,
  id: string,
  known: readonly string[],
  position: Position,
): AuthorError {
  const kind = kinds[folder];
  const meant = nearest(id, known);
  return new AuthorError({
    name: `Unknown${kind[0]?.toUpperCase()}${kind.slice(1)}`,
    title: `There is no such ${kind}`,
    message: `There is no ${kind} \`${id}\`: content/${folder}/${id}.yaml does not exist.`,
    hint: `${meant ? `Did you mean \`${meant}\`? If not, write` : 'Write'} that file.`,
    position,
  });
}
