import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toPageActivity } from '../cells/activity.ts';
import { readImage } from '../machine/image/read-image.ts';
import { nodeEffects } from '../machine/node-machine.ts';
import { machineFolder } from '../paths.ts';
import { parseActivities, parseChapter } from '../cells/text/chapter.ts';
import {
  cellText,
  countPassed,
  describeImage,
  printVerified,
  readVerified,
  resultOf,
  withPage,
} from './verified-cells.ts';
import type { CellResult, VerifiedRun } from './verified-cells.ts';

const image = await readImage(nodeEffects(machineFolder));
const fence = (id: string, output: string) => `\`\`\`sh cell id=${id}\n$ echo\n${output}\n\`\`\`\n`;
const page = 'chapters/x';
const cells = parseChapter('content/chapters/x.mdx', fence('a', '1') + fence('b', '2'));
const [a, b] = cells;
if (!a || !b) throw new Error('the page has two cells');

const textOfA = cellText(a);

function runOf(results: Partial<CellResult>[]): VerifiedRun {
  const cells = results.map((each): CellResult => ({
    page,
    cell: 'a',
    text: textOfA,
    result: 'passed',
    ...each,
  }));
  const images = { course: { kernel: '3', entry: '0'.repeat(64) } };
  return { date: '2026-01-31', version: '1', engine: '2', images, cells };
}

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'verified-')), 'cells.json');
  writeFileSync(file, text);
  return file;
}

test('a changed or new cell has no result', () => {
  const run = runOf([{}, { cell: 'b', text: 'of another text' }]);
  expect(resultOf(run, page, a)?.result).toBe('passed');
  expect(resultOf(run, page, b)).toBeUndefined();
  expect(resultOf(run, 'chapters/y', a)).toBeUndefined();
  expect(resultOf(undefined, page, a)).toBeUndefined();
});

test('a result holds for a cell that gets a title', () => {
  const [titled] = parseChapter('x', fence('a title="The first"', '1'));
  const [other] = parseChapter('x', fence('a title="The first"', '3'));
  expect(titled && resultOf(runOf([{}]), page, titled)?.result).toBe('passed');
  expect(other && resultOf(runOf([{}]), page, other)).toBeUndefined();
});

test('what the inspector shows for a cell is no part of its text', () => {
  expect(cellText({ ...a, show: { view: 'network' } })).toBe(textOfA);
  expect(cellText({ ...a, timeout: 31 })).not.toBe(textOfA);
});

test('a task has the same text in the source and on the page, whatever the inspector shows', () => {
  const body = [
    ...['goal: G', 'checks:', '  - run: a', '    hints: [{ id: h, say: S }]'],
    ...['solutions:', '  - [a]', '  - [b]'],
    ...['mistakes:', '  - { run: [c], hint: h }', '  - { run: [d], hint: h }'],
  ];
  const textOf = (options: string, change = (text: string) => text) => {
    const source = ['```yaml task id=t title="T"' + options, ...body, '```', ''].join('\n');
    const [task] = parseActivities('x.mdx', change(source));
    if (!task) throw new Error('no task');
    expect(cellText(toPageActivity(task))).toBe(cellText(task));
    return cellText(task);
  };
  const text = textOf('');
  expect(textOf(' show=network')).toBe(text);
  expect(textOf('', (source) => source.replace('run: [c]', 'run: [e]'))).toBe(text);
  expect(textOf('', (source) => source.replace('- [a]', '- [e]'))).not.toBe(text);
});

test('only passed cells count', () => {
  expect(countPassed(runOf([{}, { cell: 'b', text: cellText(b) }]), page, cells)).toBe(2);
  expect(
    countPassed(runOf([{}, { cell: 'b', text: cellText(b), result: 'differs' }]), page, cells),
  ).toBe(1);
});

test('a missing file has no runs', () => {
  expect(readVerified('docs/no-such-file.json')).toEqual({});
});

test('printed results parse back, with one line for each cell', () => {
  const node = runOf([{ reason: 'a\nb', result: 'crashed' }, { cell: 'b' }]);
  const text = printVerified({ node, webkit: runOf([]) });
  expect(text.split('\n').filter((line) => line.includes('"cell":'))).toHaveLength(2);
  expect(readVerified(fileOf(text))).toEqual({ node, webkit: runOf([]) });
});

test('an invalid file is reported with its position', () => {
  const file = fileOf(printVerified({ node: { ...runOf([]), date: 'yesterday' } }));
  expect(() => readVerified(file)).toThrow(/cells\.json:3:3 {2}BadData/);
});

test('a run of one page replaces its results in their place, if image and versions are the same', () => {
  const other = { page: 'chapters/other', cell: 'o' };
  const known = runOf([{ page: 'chapters/first' }, { result: 'differs' }, { cell: 'old' }, other]);
  const again = { ...runOf([{ cell: 'a' }, { cell: 'b' }]), date: '2026-02-01' };
  const merged = withPage(known, page, again);
  expect(merged?.cells.map(({ cell, result }) => `${cell} ${result}`)).toEqual([
    'a passed',
    'a passed',
    'b passed',
    'o passed',
  ]);
  expect(merged?.date).toBe('2026-01-31');
  expect(withPage(known, page, { ...again, version: '4' })).toBeUndefined();
  const course = { kernel: '4', entry: '0'.repeat(64) };
  expect(withPage(known, page, { ...again, images: { course } })).toBeUndefined();
  expect(withPage(undefined, page, again)).toBeUndefined();
});

test('a run of a page on a new image adds that image', () => {
  const known = runOf([{}]);
  const big = { kernel: '5', entry: '1'.repeat(64) };
  const merged = withPage(known, 'chapters/big', { ...runOf([]), images: { big } });
  expect(merged?.images).toEqual({ ...known.images, big });
});

test('a new build that gives the same bytes is the same image, and other memory is not', () => {
  expect(describeImage({ ...image, recipe: 'of other sources' })).toEqual(describeImage(image));
  expect(describeImage({ ...image, memoryBytes: 1 })).not.toEqual(describeImage(image));
});
