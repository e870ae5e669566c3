// Checks the course as a whole: every claim has its source, and every id exists.
import { expect, test } from 'vitest';
import { config } from '../../../site.config.ts';
import { parseChapter } from '../../../src/cells/text/chapter.ts';
import { readPages } from '../../../src/course-data/read-pages.ts';
import { readCourse } from './read-course.ts';
import { findUncitedYears } from './uncited-years.ts';

const pages = readPages();
const chapters = pages.filter(({ name }) => name.startsWith('chapters/'));
const course = readCourse();
const { sources, terms, timelines, comparison } = course;

/** The ids that a page gives to a component, with the page's name. */
function idsOf(component: string): { page: string; id: string }[] {
  const pattern = new RegExp(`<${component}\\s[^>]*?\\bid="([^"]*)"`, 'g');
  return pages.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].map(([, id = '']) => ({ page: name, id })),
  );
}

test('each chapter exists and is in the sidebar', () => {
  const listed = config.sidebar.flatMap(({ items = [] }) => items);
  const found = chapters.map(({ name }) => name);
  expect(found).toEqual(listed.filter((page) => page.startsWith('chapters/')).sort());
});

test('every citation in a page has its source', () => {
  expect(idsOf('Cite').filter(({ id }) => !sources.has(id))).toEqual([]);
});

test('every term and every timeline in a page exists', () => {
  expect(idsOf('Term').filter(({ id }) => !terms.has(id))).toEqual([]);
  expect(idsOf('Timeline').filter(({ id }) => !timelines.has(id))).toEqual([]);
});

test('every source that the data names exists', () => {
  const events = [...timelines].flatMap(([id, { events }]) =>
    events.map(({ source }) => ({ file: `timelines/${id}`, source })),
  );
  const cells = comparison.rows.flatMap(({ id, cells }) =>
    Object.values(cells).flatMap(({ source, figure }) =>
      [source, figure?.source].map((each) => ({ file: `comparison, row ${id}`, source: each })),
    ),
  );
  const missing = [...events, ...cells].filter(({ source }) => source && !sources.has(source));
  expect(missing).toEqual([]);
});

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
