import { AuthorError, positionAt } from '../author-error.ts';

/** Throws an AuthorError if a file is not in UTF-8. Other mistakes found in such a text may not be its author's. */
export function checkEncoding(file: string, source: string): void {
  // Bytes that are not UTF-8 become a replacement character. Text in UTF-16 also contains NUL characters.
  const at = source.search(/[\uFFFD\0]/);
  if (at < 0) return;
  throw new AuthorError({
    name: 'BadEncoding',
    title: 'A file is not in UTF-8',
    message: 'This character cannot be read, because the file is not in UTF-8.',
    hint: 'Save the file as “UTF-8”, then check it for wrong characters.',
    position: positionAt(file, source, at),
  });
}

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
