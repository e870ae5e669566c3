import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { selectParts } from './select-parts.ts';
import { parts } from './parts.ts';

const few = [
  { name: 'a', minutes: 1, commands: [] },
  { name: 'b', minutes: 1, commands: [], full: true },
];
const names = (asked: string[], full: boolean) =>
  selectParts(few, asked, full).map(({ name }) => name);

test('leaves the long parts to the full run, unless one is named', () => {
  expect(names([], false)).toEqual(['a']);
  expect(names([], true)).toEqual(['a', 'b']);
  expect(names(['b'], false)).toEqual(['b']);
});

test('lists the parts when asked for one that does not exist', () => {
  expect(() => names(['c'], false)).toThrow('There is no part c. The parts are: a, b.');
});

test('the budgets of `npm test` stay within the time that the README names', () => {
  const minutes = selectParts(parts, [], false).reduce((sum, part) => sum + part.minutes, 0);
  const readme = readFileSync('README.md', 'utf8');
  const named = Number(/takes at most (\d+) minutes/.exec(readme)?.[1]);
  expect(named).toBeLessThanOrEqual(40);
  expect(minutes).toBeLessThanOrEqual(named);
});

test('a part needs only parts that run before it', () => {
  parts.forEach(({ needs = [] }, index) => {
    const earlier = parts.slice(0, index).map(({ name }) => name);
    expect(earlier).toEqual(expect.arrayContaining([...needs]));
  });
});
