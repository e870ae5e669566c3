import { expect, test } from 'vitest';
import { findUncitedYears } from './uncited-years.ts';

test('finds a year without a citation in a paragraph, a list item, and a row', () => {
  const text = 'In 1979\nit was.\n\n- a <Cite id="a" /> 2001\n- b 2008\n\n| a | 2013 |\n';
  expect(findUncitedYears(text)).toEqual([
    { line: 1, text: 'In 1979\nit was.' },
    { line: 5, text: '- b 2008' },
    { line: 7, text: '| a | 2013 |' },
  ]);
});

test.each([
  ['a citation on another line of the paragraph', 'In 1979\nit was <Cite id="a" />.'],
  ['a fence', '```sh\n$ date\n2013\n```'],
  ['a fence in a fence', '````md\n```sh\n```\n2013\n````'],
  ['a command', 'Run `cal 2013`.'],
  ['an address', 'See [it](https://lwn.net/2013/).\n\n[a]: https://lwn.net/2013/'],
  ['a number that is no year', '1959, 2048 and 20131'],
])('passes %s', (_, text) => {
  expect(findUncitedYears(text)).toEqual([]);
});
