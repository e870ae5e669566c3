import { expect, test } from 'vitest';
import { AuthorError, findMistake } from './author-error.ts';

const mistake = {
  name: 'BrokenDiagram',
  title: 'Mermaid cannot draw a diagram',
  message: 'Mermaid cannot draw this diagram. Parse error.',
  hint: 'Correct the diagram.',
  position: { file: 'content/chapters/x.mdx', line: 41, column: 1 },
};

test('prints position and name, then the message, then the hint', () => {
  expect(new AuthorError(mistake).message).toMatchInlineSnapshot(`
    "content/chapters/x.mdx:41:1  BrokenDiagram
    Mermaid cannot draw this diagram. Parse error.
    Correct the diagram."
  `);
});

test('has its position in the fields that the dev server’s overlay reads', () => {
  expect(new AuthorError(mistake)).toMatchObject({ loc: mistake.position, line: 41, column: 1 });
});

test('omits an unknown column', () => {
  const error = new AuthorError({ ...mistake, position: { file: 'x.mdx', line: 2 } });
  expect(error.message).toMatch(/^x\.mdx:2 {2}BrokenDiagram\n/);
});

test('finds a mistake that build tools have wrapped as a cause or in a list', () => {
  const error = new AuthorError(mistake);
  const bundled = Object.assign(new Error('Build failed'), { errors: [new Error('other'), error] });
  expect(findMistake(new Error('outer', { cause: bundled }))).toEqual(mistake);
});

test('finds no mistake in other errors', () => {
  expect(findMistake(new Error('x', { cause: 'text' }))).toBeUndefined();
  expect(findMistake('text')).toBeUndefined();
});
