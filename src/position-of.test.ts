import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { positionOf } from './position-of.ts';

test('returns a path relative to the project', () => {
  const position = positionOf(pathToFileURL('content/a b.mdx'), { line: 3, column: 5 });
  expect(position).toEqual({ file: 'content/a b.mdx', line: 3, column: 5 });
});

test('uses the first line if the position is unknown', () => {
  expect(positionOf(new URL('file:///elsewhere/x.mdx'), undefined)).toEqual({
    file: '/elsewhere/x.mdx',
    line: 1,
  });
});
