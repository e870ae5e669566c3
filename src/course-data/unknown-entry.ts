// The mistake of an id without a data file.
import { AuthorError, positionAt } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { nearest } from '../nearest.ts';

/** The folders of data files, and the word for an entry of each. */
const kinds = { sources: 'source', terms: 'term', timelines: 'timeline' } as const;

export type DataFolder = keyof typeof kinds;

/** The error for an id that is not the name of a file in a folder of content/. */
export function unknownEntry(
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

/** The first place in a data file that names a source. */
export function placeOfSource(file: string, text: string, id: string): Position {
  const wanted = new RegExp(`\\bsource: *["']?(?=${RegExp.escape(id)}(?![\\w-]))`);
  const found = wanted.exec(text);
  return positionAt(file, text, found ? found.index + found[0].length : 0);
}
