import { describe, expect, test } from 'vitest';
import { escapeLine, lineTest, partTest, showLine, varies } from './pattern.ts';

const lineMatches = (expected: string, actual: string): boolean => lineTest(expected)(actual);

describe('any text', () => {
  test.each([
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['a...c', 'abbc', true],
    ['a...c', 'ac', true],
    ['a...c', 'abbd', false],
    ['...x...', 'axb', true],
    ['ab...bc', 'abc', false],
    ['1...1', '1', false],
    ['...ab', 'abab', true],
  ])('%s against %s: %s', (expected, actual, matches) => {
    expect(lineMatches(expected, actual)).toBe(matches);
  });
});

describe('a matcher', () => {
  test.each([
    ['<number>', '0 12 007 -3 1.50 -0.1', '1. .5 1,000 +1 1e3 twelve 1.2.3'],
    ['<hex>', '0 ff DEADBEEF 0x7ffc 0X1f', 'g 0x fg #ff -1'],
    ['<pid>', '1 71 32768 4194304', '0 01 -5 1.5 12345678 71x'],
    [
      '<duration>',
      '12ms 3s 1.5s 0m0.012s 2h30m 00:07 1:02:03 00:00:00.5 5µs',
      '12 s ms 1:2 :30 12kb',
    ],
  ])('%s', (matcher, right, wrong) => {
    for (const word of right.split(' '))
      expect([word, lineMatches(matcher, word)]).toEqual([word, true]);
    for (const word of wrong.split(' '))
      expect([word, lineMatches(matcher, word)]).toEqual([word, false]);
  });

  test.each([
    ['[<number>] <pid>', '[1] 71', true],
    ['[<number>] <pid>', '[1] 71 ', false],
    ['took <duration>', 'took 12 ms', true],
    ['veth<hex>@if<number>: ...', 'veth1a2b@if7: <UP>', true],
    ['...<pid>...', 'x71y', true],
    ['...<pid>', 'x71y', false],
    ['<number>K', '12K', true],
    // The matcher is greedy, so nothing is left for the 2.
    ['<number>2', '12', false],
  ])('%s against %s: %s', (expected, actual, matches) => {
    expect(lineMatches(expected, actual)).toBe(matches);
  });
});

describe('a backslash', () => {
  test.each([
    [String.raw`\<pid>`, '<pid>', true],
    [String.raw`\<pid>`, '71', false],
    [String.raw`\...`, '...', true],
    [String.raw`\...`, 'abc', false],
    [String.raw`a\...b`, 'a...b', true],
    [String.raw`\\<pid>`, String.raw`\71`, true],
    [String.raw`\\\<pid>`, String.raw`\<pid>`, true],
    [String.raw`C:\temp`, String.raw`C:\temp`, true],
  ])('%s against %s: %s', (expected, actual, matches) => {
    expect(lineMatches(expected, actual)).toBe(matches);
  });

  test.each(['<pid>', '...', '....', String.raw`\<hex>`, 'plain', String.raw`a\b`])(
    'escapes text that looks like a matcher: %s',
    (line) => {
      expect(lineMatches(escapeLine(line), line)).toBe(true);
      expect(varies(escapeLine(line))).toBe(false);
      expect(showLine(escapeLine(line))).toBe(line);
    },
  );
});

test('a part of a line is found at any position', () => {
  expect(partTest('tick <number>.')('a tick 12. b')).toBe(true);
  expect(partTest('tick <number>.')('a tick 12, b')).toBe(false);
});
