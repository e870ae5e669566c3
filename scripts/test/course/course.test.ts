// Checks the course as a whole. The part `content` of the checks finds the mistakes of single files.
import { expect, test } from 'vitest';
import { parseChapter } from '../../../src/cells/text/chapter.ts';
import { readPages } from '../../../src/course-data/read-pages.ts';
import { readData } from './read-data.ts';
import { findUncitedYears } from './uncited-years.ts';

const pages = readPages();
const chapters = pages.filter(({ name }) => name.startsWith('chapters/'));
const { sources, terms, comparison } = readData();

test.each(chapters)('every date in $name has a source next to it', ({ text }) => {
  expect(findUncitedYears(text)).toEqual([]);
});

test('sources and terms have different ids on the page of references', () => {
  const headings = ['sources', 'terms', '_top'];
  const ids = [...sources.keys(), ...[...terms.keys()].map((id) => `term-${id}`), ...headings];
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('the course has at least 40 cells and 8 diagrams', () => {
  const cells = chapters.flatMap(({ name, text }) => parseChapter(`content/${name}.mdx`, text));
  const diagrams = chapters.flatMap(({ text }) => text.match(/^\s*```mermaid/gm) ?? []);
  expect(cells.length).toBeGreaterThanOrEqual(40);
  expect(diagrams.length).toBeGreaterThanOrEqual(8);
});

test('the comparison has at least 14 rows', () => {
  expect(comparison.rows.length).toBeGreaterThanOrEqual(14);
});

test('no kind of isolation is stronger in everything', () => {
  for (const { id } of comparison.columns) {
    const verdicts = comparison.rows.map(({ cells }) => cells[id]?.verdict);
    expect(verdicts).toContain('stronger');
    expect(verdicts).toContain('weaker');
  }
});
