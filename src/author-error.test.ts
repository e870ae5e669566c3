import { expect, test } from 'vitest';
import { AuthorError, collect, findMistakes, throwMistakes } from './author-error.ts';

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
  expect(findMistakes(new Error('outer', { cause: bundled }))).toEqual([mistake]);
});

test('finds no mistake in other errors', () => {
  expect(findMistakes(new Error('x', { cause: 'text' }))).toEqual([]);
  expect(findMistakes('text')).toEqual([]);
});

test('has no stack, which would lead an author into code', () => {
  expect(new AuthorError(mistake).stack).toBe('');
});

test('mistakes are collected, and thrown as one error that prints all', () => {
  const other = { ...mistake, name: 'Other', position: { file: 'y.mdx', line: 1 } };
  const found: (typeof mistake)[] = [];
  for (const each of [mistake, other]) {
    collect(found, () => {
      throw new AuthorError(each);
    });
  }
  expect(() => throwMistakes(found)).toThrow(
    /^content.*:41:1 {2}BrokenDiagram\n[^]*y\.mdx:1 {2}Other/,
  );
  expect(() => throwMistakes([])).not.toThrow();
  expect(() => collect(found, () => expect(1).toBe(2))).toThrow('expected 1');
});
