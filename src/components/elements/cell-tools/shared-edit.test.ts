import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkToEdit, readEdit } from './shared-edit.ts';

const link = (commands: unknown): string =>
  `#box:edit=${btoa(JSON.stringify(commands)).replaceAll('=', '')}`;

test('a link gives back the commands', () => {
  const commands = ['echo grün 漢字 "$x"', 'cat <<END\n\ta\nEND'];
  const made = linkToEdit('box', commands);
  const fragment = 'fragment' in made ? made.fragment : '';
  expect(fragment).toMatch(/^#box:edit=[\w-]+$/);
  expect(readEdit(fragment, 2)).toEqual({ commands });
});

test('commands that are too long get no link', () => {
  expect(linkToEdit('box', ['x'.repeat(10_000)])).toEqual({
    problem: 'The commands are too long for a link.',
  });
});

test.each([
  ['another number of steps', link(['a', 'b']), /another version of this cell/],
  ['invalid base64', '#box:edit=%', /damaged/],
  ['invalid JSON', `#box:edit=${btoa('[')}`, /damaged/],
  ['invalid UTF-8', `#box:edit=${btoa('\u00ff')}`, /damaged/],
  ['no list', link({ 0: 'a' }), /damaged/],
  ['no commands', link([1]), /damaged/],
  ['too much data', `#box:edit=${'A'.repeat(9000)}`, /damaged/],
  ['an escape character', link(['echo \u001b[2J']), /hidden characters/],
  ['a carriage return', link(['echo a\rrm b']), /hidden characters/],
])('a link with %s is refused', (_, fragment, problem) => {
  expect(readEdit(fragment, 1)).toEqual({ problem: expect.stringMatching(problem) });
});

test.each(['\u202e', '\u2066', '\u200b', '\ufeff', '\u2028', '\u3164', '\u2800'])(
  '%j hides text, and gets no link',
  (character) => {
    const hidden = { problem: expect.stringMatching(/hidden characters/) };
    expect(linkToEdit('box', [`echo ${character}`])).toEqual(hidden);
    const data = Buffer.from(JSON.stringify([`echo ${character}`])).toString('base64url');
    expect(readEdit(`#box:edit=${data}`, 1)).toEqual(hidden);
  },
);

test('any fragment is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(3), (data, steps) => {
      expect(Object.keys(readEdit(`#box:edit=${data}`, steps))).toHaveLength(1);
    }),
  );
});
