import { expect, test } from 'vitest';
import { parseActivities } from '../../src/cells/text/chapter.ts';
import { commandsOf, partsOf } from './chapter-parts.ts';

const cell = '```sh cell id=a\n$ one\n$ two\n```\n';
const task = [
  '```yaml task id=task title=Task after=a',
  'goal: Do it.',
  'checks: [{ run: look, hints: [{ id: none, say: None. }] }]',
  'solutions: [[one, two], [both]]',
  'mistakes: [{ run: [stray], hint: none }, { run: [lost], hint: none }]',
  '```',
].join('\n');

const file = 'x.mdx';
const partsAndSizes = (text: string, more: { chosen?: string[]; quick?: boolean } = {}) =>
  partsOf({ file, activities: parseActivities(file, text), ...more }).map((part) => [
    part.part,
    commandsOf(part),
  ]);

test('the parts of a chapter, and the number of their commands', () => {
  expect(partsAndSizes(cell)).toEqual([
    ['in page order', 2],
    ['alone', 2],
  ]);
  expect(partsAndSizes(cell + task)).toEqual([
    ['in page order', 2],
    ['alone', 2],
    // The check before anything is done and after each list of commands, and those five commands.
    ['tasks', 10],
  ]);
  expect(partsAndSizes(cell + task, { chosen: ['a'] })).toEqual([['alone', 2]]);
  expect(partsAndSizes(cell + task, { quick: true })).toEqual([
    ['in page order', 2],
    ['tasks', 10],
  ]);
});

const named = (meta: string) => `\`\`\`sh cell id=${meta}\n$ one\n\`\`\`\n`;
const sectionsOf = (...metas: string[]) =>
  partsOf({ file, activities: parseActivities(file, metas.map(named).join('')), quick: true }).map(
    ({ activities }) => activities.map(({ id }) => id).join(' '),
  );

test('a fresh cell begins a section, unless a later cell needs one above it', () => {
  expect(sectionsOf('a', 'b after=a', 'c fresh', 'd after=c', 'e fresh')).toEqual([
    'a b',
    'c d',
    'e',
  ]);
  expect(sectionsOf('a', 'b fresh', 'c after=a')).toEqual(['a b c']);
  expect(sectionsOf('a', 'b fresh machine=other')).toEqual(['a b']);
});
