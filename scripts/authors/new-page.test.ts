import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from 'prettier';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkChapterFields } from '../../src/course-data/chapter-frontmatter.ts';
import { pageOfCells } from '../../src/course-data/course-pages.ts';
import { readPage } from '../../src/course-data/read-pages.ts';
import { formatChapter, parseActivities } from '../../src/cells/text/chapter.ts';
import { addToSidebar, newCell, newChapter, newTask } from './new-page.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'new-'));
  mkdirSync(join(root, 'content/chapters'), { recursive: true });
  cpSync('site.config.ts', join(root, 'site.config.ts'));
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const file = 'content/chapters/cap-drop.mdx';

test('a new chapter is complete, formatted, and last in the navigation', async () => {
  const next = newChapter(root, 'cap-drop', 'Drop: what root can’t');
  expect(next.join('\n')).toContain(file);
  expect(next.join('\n')).toContain('content/index.mdx');
  const { frontmatter } = readPage(file, root);
  expect(frontmatter['title']).toBe('Drop: what root can’t');
  expect(checkChapterFields('chapters/cap-drop', frontmatter)).toEqual([]);
  expect(pageOfCells(file, root).cells).toHaveLength(1);
  expect(formatChapter(file, read(file)).unformatted).toEqual([]);
  const options = JSON.parse(readFileSync('.prettierrc.json', 'utf8')) as object;
  expect(await check(read(file), { ...options, filepath: file })).toBe(true);
  const config = read('site.config.ts');
  expect(config).toMatch(/^ {8}'chapters\/[\w-]+',\n {8}'chapters\/cap-drop',\n {6}\]/m);
  expect(config.replace("        'chapters/cap-drop',\n", '')).toBe(
    readFileSync('site.config.ts', 'utf8'),
  );
});

test('a list on one line also gets the chapter', () => {
  expect(addToSidebar(`items: ['chapters/a'] }`, 'b')).toBe(
    `items: ['chapters/a', 'chapters/b'] }`,
  );
});

test('a new cell stands before the section “Read on”, or at the end', () => {
  newChapter(root, 'cap-drop', 'Drop');
  newCell(root, 'cap-drop', 'second');
  writeFileSync(join(root, file), `${read(file)}\n## Read on\n\n- Nothing.\n`);
  const next = newCell(root, 'cap-drop', 'third');
  const { cells } = pageOfCells(file, root);
  expect(cells.map(({ id }) => id)).toEqual(['first-step', 'second', 'third']);
  expect(next[0]).toContain(`line ${cells[2]?.position.line ?? 0}.`);
  expect(read(file)).toMatch(/```\n\n## Read on\n\n- Nothing\.\n$/);
});

const refusals: [what: string, act: () => unknown, printed: RegExp][] = [
  [
    'a name with a capital letter',
    () => newChapter(root, 'Cap Drop', 'x'),
    /Cap Drop\.mdx:1 {2}BadName\n"Cap Drop" cannot name a chapter.*\nFor example: cap-drop$/,
  ],
  ['a name that leads elsewhere', () => newChapter(root, '../x', 'x'), /BadName/],
  [
    'an empty title',
    () => newChapter(root, 'other', ' '),
    /NoTitle\nThe title is empty\.\nWrite: npm/,
  ],
  [
    'an existing chapter',
    () => newChapter(root, 'cap-drop', 'x'),
    /^content\/chapters\/cap-drop\.mdx:1 {2}NameTaken\n.*\nChoose another name/,
  ],
  [
    'an existing title',
    () => newChapter(root, 'other', 'Drop'),
    /^content\/chapters\/cap-drop\.mdx:2 {2}NameTaken\nThis page already has the title "Drop"\.\nChoose/,
  ],
  [
    'an existing cell',
    () => newCell(root, 'cap-drop', 'first-step'),
    /cap-drop\.mdx:17 {2}NameTaken\nThe page already has a cell "first-step"\.\nChoose/,
  ],
  [
    'a cell with a bad name',
    () => newCell(root, 'cap-drop', '1st'),
    /cannot name a cell.*\n.*: st$/,
  ],
  [
    'a task with the name of a cell',
    () => newTask(root, 'cap-drop', 'first-step'),
    /cap-drop\.mdx:17 {2}NameTaken\nThe page already has a cell "first-step"\.\nChoose/,
  ],
  [
    'a misspelt chapter',
    () => newCell(root, 'cap-dorp', 'x'),
    /UnknownChapter\n.*\nDid you mean "cap-drop"\?$/,
  ],
];

test('a new task is in canonical form, can be read, and stands before “Read on”', () => {
  newChapter(root, 'cap-drop', 'Drop');
  writeFileSync(join(root, file), `${read(file)}\n## Read on\n\n- more\n`);
  const [first] = newTask(root, 'cap-drop', 'make-a-file');
  const [task] = parseActivities(file, read(file)).filter(({ kind }) => kind === 'task');
  expect(task).toMatchObject({ id: 'make-a-file' });
  expect(first).toBe(`Added the task make-a-file to ${file}, line ${task?.position.line}.`);
  expect(formatChapter(file, read(file)).unformatted).toEqual([]);
  expect(read(file)).toMatch(/```\n\n## Read on\n\n- more\n$/);
});

test.each(refusals)('%s is refused, and nothing is written', (_, act, printed) => {
  newChapter(root, 'cap-drop', 'Drop');
  const before = [read(file), read('site.config.ts')];
  expect(act).toThrow(printed);
  expect([read(file), read('site.config.ts')]).toEqual(before);
});

test('a navigation without chapters is refused before anything is written', () => {
  writeFileSync(join(root, 'site.config.ts'), 'sidebar: []');
  expect(() => newChapter(root, 'cap-drop', 'Drop')).toThrow(
    "site.config.ts:1  NoPlace\nThe navigation has no chapter yet.\nAdd 'chapters/cap-drop'",
  );
  expect(() => read(file)).toThrow('ENOENT');
});
