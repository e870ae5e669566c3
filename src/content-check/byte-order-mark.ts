import { AuthorError } from '../author-error.ts';

/** Throws an AuthorError if a file begins with a byte order mark. No editor shows it, and tools keep it. */
export function checkByteOrderMark(file: string, source: string): void {
  if (!source.startsWith('\uFEFF')) return;
  throw new AuthorError({
    name: 'ByteOrderMark',
    title: 'A file begins with an invisible character',
    message: 'This file begins with a byte order mark, an invisible character.',
    hint: 'Save it as “UTF-8”, not as “UTF-8 with BOM”.',
    position: { file, line: 1, column: 1 },
  });
}
