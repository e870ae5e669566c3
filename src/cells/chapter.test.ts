import { expect, test } from 'vitest';
import { chainOf } from './chain.ts';
import { parseChapter, printCell, replaceCells } from './chapter.ts';

const page = [
  '# Title',
  '```sh cell id=one',
  '$ echo 1',
  '1',
  '```',
  '````md',
  '```sh cell id=quoted',
  '```',
  '````',
  '  ~~~sh cell id=two after=one session=inside',
  '$ echo 2',
  '~~~',
  '```sh',
  'not a cell',
  '```',
].join('\n');

test('finds the cells of a page and where they are', () => {
  const cells = parseChapter('content/x.mdx', page);
  expect(cells.map(({ id, place }) => [id, place.line])).toEqual([
    ['one', 2],
    ['two', 10],
  ]);
  expect(cells[1]?.steps[0]?.line).toBe(11);
});

test('replaces the text of a cell and nothing else', () => {
  const [one] = parseChapter('content/x.mdx', page);
  if (!one) throw new Error('no cell');
  const changed = { ...one, steps: [{ command: 'echo 1', output: ['one'], status: 3, line: 3 }] };
  expect(replaceCells(page, [changed])).toBe(page.replace('1\n1\n', '1\none\n[3]\n'));
  expect(replaceCells(page, [])).toBe(page);
  expect(printCell(changed)).toBe('```sh cell id=one\n$ echo 1\none\n[3]\n```');
});

const fence = (meta: string): string => `\`\`\`sh cell ${meta}\n$ true\n\`\`\`\n`;

test.each([
  ['id=a', 'id=a', 'DuplicateCellId', 'The first is on line 1.'],
  ['id=first', 'id=b after=frst', 'UnknownCell', 'Did you mean "first"?'],
  ['id=a after=b', 'id=b after=a', 'CellCycle', 'a after b after a'],
])('%s and %s: %s', (first, second, name, words) => {
  const parse = () => parseChapter('content/x.mdx', fence(first) + fence(second));
  expect(parse).toThrow(name);
  expect(parse).toThrow(words);
});

test('an empty cell is an error', () => {
  expect(() => parseChapter('content/x.mdx', '```sh cell id=a\n```')).toThrow(
    'This cell is empty.',
  );
});

test('a chain holds each cell once, in the order in which they have to run', () => {
  const cells = parseChapter(
    'x',
    fence('id=a') + fence('id=b after=a') + fence('id=c after=a') + fence('id=d after=c,b'),
  );
  expect(chainOf(cells, 'd').map((cell) => cell.id)).toEqual(['a', 'c', 'b']);
  expect(chainOf(cells, 'a')).toEqual([]);
});
