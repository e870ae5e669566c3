import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEditOf, linkToEdit, readEdit } from './shared-edit.ts';

const link = (commands: unknown): string =>
  `#box:edit=${btoa(JSON.stringify(commands)).replaceAll('=', '')}`;

test('a link gives back the commands', () => {
  const commands = ['echo grün 漢字 "$x"', 'cat <<END\n\ta\nEND'];
  const fragment = linkToEdit('box', commands) ?? '';
  expect(fragment).toMatch(/^#box:edit=[\w-]+$/);
  expect(isEditOf('box', fragment)).toBe(true);
  expect(isEditOf('bo', fragment)).toBe(false);
  expect(readEdit(fragment, 2)).toEqual({ commands });
});

test('commands that are too long for a link have none', () => {
  expect(linkToEdit('box', ['x'.repeat(10_000)])).toBeUndefined();
});

test.each([
  ['another number of steps', link(['a', 'b']), /another version of this cell/],
  ['no base64', '#box:edit=%', /damaged/],
  ['no JSON', `#box:edit=${btoa('[')}`, /damaged/],
  ['no text', `#box:edit=${btoa('\u00ff')}`, /damaged/],
  ['no list', link({ 0: 'a' }), /damaged/],
  ['no commands', link([1]), /damaged/],
  ['too long', `#box:edit=${'A'.repeat(9000)}`, /damaged/],
  ['an escape character', link(['echo \u001b[2J']), /hidden characters/],
  ['a carriage return', link(['echo a\rrm b']), /hidden characters/],
])('a link with %s is refused', (_, fragment, problem) => {
  expect(readEdit(fragment, 1)).toEqual({ problem: expect.stringMatching(problem) });
});

test.each(['\u202e', '\u2066', '\u200b', '\ufeff', '\u2028'])('%j hides text', (character) => {
  const fragment = linkToEdit('box', [`echo ${character}`]) ?? '';
  expect(readEdit(fragment, 1)).toEqual({ problem: expect.stringMatching(/hidden characters/) });
});

test('any fragment is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(3), (data, steps) => {
      expect(Object.keys(readEdit(`#box:edit=${data}`, steps))).toHaveLength(1);
    }),
  );
});
