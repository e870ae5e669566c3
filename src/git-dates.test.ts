import { expect, test } from 'vitest';
import { parseGitDates } from './git-dates.ts';

test('gives each path the date of its newest commit', () => {
  const log = 't:2000\n\ncontent/a.mdx\nt:1000\n\ncontent/a.mdx\ncontent/b.mdx\n';
  expect(parseGitDates(log)).toEqual(
    new Map([
      ['content/a.mdx', new Date(2_000_000)],
      ['content/b.mdx', new Date(1_000_000)],
    ]),
  );
});

test('has no dates without commits', () => {
  expect(parseGitDates('').size).toBe(0);
});
