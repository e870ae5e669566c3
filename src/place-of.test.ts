import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { placeOf } from './place-of.ts';

test('returns a path relative to the project', () => {
  const place = placeOf(pathToFileURL('content/a b.mdx'), { line: 3, column: 5 });
  expect(place).toEqual({ file: 'content/a b.mdx', line: 3, column: 5 });
});

test('uses the first line if the position is unknown', () => {
  expect(placeOf(new URL('file:///elsewhere/x.mdx'), undefined)).toEqual({
    file: '/elsewhere/x.mdx',
    line: 1,
  });
});
