import { AuthorError, positionAt } from '../author-error.ts';

/** The marks that git leaves around two versions of a passage; see git-merge(1), "How conflicts are presented". */
const CONFLICT = /^<{7} .*\n[^]*?^={7}$[^]*?^>{7} /m;

/** Throws an AuthorError if a merge has left a conflict in a file. The file holds both versions, so nothing else in it is checked. */
export function checkConflict(file: string, source: string): void {
  const found = CONFLICT.exec(source);
  if (!found) return;
  throw new AuthorError({
    name: 'MergeConflict',
    title: 'A file contains a merge conflict',
    message: 'A git merge left two versions of this passage here.',
    hint: 'Keep one of them, and remove the three lines that begin with <<<<<<<, ======= and >>>>>>>.',
    position: positionAt(file, source, found.index),
  });
}
