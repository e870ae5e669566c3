import { expect, test } from 'vitest';
import { readOptions, UsageError } from './options.ts';

test('CI and special requests verify all pages again', () => {
  expect(readOptions([], {})).toMatchObject({ all: false, files: [], accept: false });
  expect(readOptions([], { CI: 'true' }).all).toBe(true);
  for (const option of [
    '--all',
    '--accept',
    '--only=a',
    '--clock=2031-01-01',
    '--cache=empty',
    '--against=x.json',
  ]) {
    expect([option, readOptions([option], {}).all]).toEqual([option, true]);
  }
  expect(readOptions(['a.mdx', '--json', 'x'], {})).toMatchObject({ files: ['a.mdx'], json: 'x' });
});

test.each([
  [['--accept'], { CI: 'true' }, 'not for CI'],
  [['--watch', '--accept'], {}, '--watch is for writing'],
  [['--watch'], { CI: '1' }, '--watch is for writing'],
  [['--clock', 'soon'], {}, '"soon" is not a time. Write it like 2031-07-14T03:17:00Z.'],
  [['--cache', 'warm'], {}, '"warm" is not a page cache. Write empty or full.'],
  [['--image', 'corse'], {}, 'There is no image "corse". The images are: course'],
  [['--onyl', 'a'], {}, "Unknown option '--onyl'."],
])('%j is rejected with a reason', (args, environment, words) => {
  expect(() => readOptions(args, environment)).toThrow(UsageError);
  expect(() => readOptions(args, environment)).toThrow(words);
});
