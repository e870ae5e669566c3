import { parseFrontmatter } from 'astro/markdown';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportAddress, reportTemplate } from './report-address.ts';

const facts = {
  page: 'https://ann.github.io/course/chapters/cgroups/',
  image: 'course 22fc0d26',
  browser: 'Mozilla/5.0 (X11; Linux) a&b',
  cell: 'oom',
};

test('the address opens the form of the repository and fills in what is known', () => {
  const address = new URL(reportAddress('https://github.com/ann/course', facts));
  expect(address.origin + address.pathname).toBe('https://github.com/ann/course/issues/new');
  expect(Object.fromEntries(address.searchParams)).toEqual({ template: reportTemplate, ...facts });
});

test('what is not known stays empty', () => {
  const { page, image } = facts;
  const address = new URL(reportAddress('https://github.com/ann/course', { page, image }));
  expect([...address.searchParams.keys()]).toEqual(['template', 'page', 'image']);
});

test('the form has a field for each of them', () => {
  const text = readFileSync(`.github/ISSUE_TEMPLATE/${reportTemplate}`, 'utf8');
  const form = parseFrontmatter(`---\n${text}\n---\n`).frontmatter as { body: { id?: string }[] };
  const ids = form.body.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(Object.keys(facts)));
});
