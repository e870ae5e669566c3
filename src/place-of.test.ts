import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { placeOf } from './place-of.ts';

test('gives a path below the project', () => {
  const place = placeOf(pathToFileURL('content/a b.mdx'), { line: 3, column: 5 });
  expect(place).toEqual({ file: 'content/a b.mdx', line: 3, column: 5 });
});

test('begins at the first line where no position is known', () => {
  expect(placeOf(new URL('file:///elsewhere/x.mdx'), undefined)).toEqual({
    file: '/elsewhere/x.mdx',
    line: 1,
  });
});
