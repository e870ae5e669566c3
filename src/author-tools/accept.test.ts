import { expect, test } from 'vitest';
import { toPageActivity } from '../cells/activity.ts';
import { parseChapter } from '../cells/text/chapter.ts';
import { acceptInText, readAcceptance } from './accept.ts';

const file = 'content/chapters/x.mdx';
const text = [
  'Text, `$ echo`.',
  '',
  '```sh cell id=a',
  '$ one',
  '1',
  '$ two',
  'pid ...',
  '```',
  '',
  '```sh cell  id=b',
  '$ three',
  '3',
  '```',
  '',
].join('\n');
const [a] = parseChapter(file, text);
if (!a) throw new Error('the page has a cell');
const cell = JSON.stringify(toPageActivity(a));
const outcome = { lines: ['x'], status: 0, matches: false, truncated: false };

test('rewrites only that cell, and only the steps that differ', () => {
  const outcomes = [
    { ...outcome, status: 3 },
    { ...outcome, lines: ['pid 7'], matches: true },
  ];
  const accepted = acceptInText(text, { file, cell, outcomes });
  expect(accepted).toBe(text.replace('\n1\n', '\nx\n[3]\n'));
});

test('a cell that has changed in the meantime is not rewritten', () => {
  const changed = text.replace('$ two', '$ zwei');
  const accept = () => acceptInText(changed, { file, cell, outcomes: [outcome, outcome] });
  expect(accept).toThrow('Reload the page, and run the cell.');
});

test('only pages of content/ can be written', () => {
  const body = (path: string) => JSON.stringify({ file: path, cell, outcomes: [outcome] });
  expect(readAcceptance(body(file)).file).toBe(file);
  for (const path of ['content/../x.mdx', '/content/x.mdx', 'src/x.mdx', 'content/x.yaml']) {
    expect(() => readAcceptance(body(path)), path).toThrow('not a page of content/');
  }
});

test.each(['null', '{}', 'no JSON', JSON.stringify({ file, cell, outcomes: [{ lines: 'x' }] })])(
  'the body %s is rejected',
  (body) => {
    expect(() => readAcceptance(body)).toThrow(/is not a page|has no cell|JSON/);
  },
);
