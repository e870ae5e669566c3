import { expect, test } from 'vitest';
import { difference, mergeOutput } from './difference.ts';

const signs = (expected: string[], actual: string[]): string[] =>
  difference(expected, actual).map((change) => {
    if (change.kind === 'kept') return `  ${change.expected}: ${change.actual.join()}`;
    return change.kind === 'removed' ? `- ${change.expected}` : `+ ${change.actual}`;
  });

test.each([
  [
    ['a', 'b', 'c'],
    ['a', 'x', 'c'],
    ['  a: a', '- b', '+ x', '  c: c'],
  ],
  [
    ['a', 'c'],
    ['a', 'b', 'c'],
    ['  a: a', '+ b', '  c: c'],
  ],
  [
    ['a', 'b', 'c'],
    ['a', 'c'],
    ['  a: a', '- b', '  c: c'],
  ],
  [
    ['a', '...', 'd'],
    ['a', 'b', 'c', 'e'],
    ['  a: a', '  ...: b,c', '- d', '+ e'],
  ],
  [['a', '...', 'd'], ['a'], ['  a: a', '  ...: ', '- d']],
  [
    ['pid <pid>', 'b'],
    ['pid 71', 'c'],
    ['  pid <pid>: pid 71', '- b', '+ c'],
  ],
  [[], ['a'], ['+ a']],
  [['...'], ['a', 'b'], ['  ...: a,b']],
])('%j against %j', (expected, actual, changes) => {
  expect(signs(expected, actual)).toEqual(changes);
});

test.each([
  ['the author’s text where it matches', ['a', '...'], ['a', 'b', 'c'], ['a', '...']],
  [
    'lines with matchers where the rest changed',
    ['[1] <pid>', 'old'],
    ['[1] 71', 'new'],
    ['[1] <pid>', 'new'],
  ],
  [
    'lines with matchers that moved',
    ['a', 'pid <pid>'],
    ['b', 'c', 'pid 71'],
    ['b', 'c', 'pid <pid>'],
  ],
  ['any lines', ['a', '...', 'd'], ['a', 'b', 'e'], ['a', '...', 'e']],
  ['the text of a matcher, escaped', ['a'], ['<pid> ...'], [String.raw`\<pid> \...`]],
])('a merge keeps %s', (_, expected, actual, merged) => {
  expect(mergeOutput(expected, actual)).toEqual(merged);
});

test('a very large difference is listed line by line, and quickly', () => {
  const many = (word: string): string[] => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`);
  const changes = difference(['same', ...many('a'), 'end'], ['same', ...many('b'), 'end']);
  expect(changes).toHaveLength(40_002);
  expect(changes.at(-1)).toEqual({ kind: 'kept', expected: 'end', actual: ['end'] });
});
