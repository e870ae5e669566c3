import { expect, test } from 'vitest';
import { placeOfSource, unknownEntry } from './unknown-entry.ts';

test('names the place, and the nearest id', () => {
  const position = { file: 'content/chapters/x.mdx', line: 3, column: 5 };
  expect(unknownEntry('sources', 'clone', ['clone2', 'unshare1'], position).message)
    .toMatchInlineSnapshot(`
    "content/chapters/x.mdx:3:5  UnknownSource
    There is no source \`clone\`: content/sources/clone.yaml does not exist.
    Did you mean \`clone2\`? If not, write that file."
  `);
});

test('finds a source in a data file, and no longer one', () => {
  const text = 'title: T\nevents:\n  - { source: xyz-2 }\n  - { source: "xyz" }';
  expect(placeOfSource('content/timelines/a.yaml', text, 'xyz')).toEqual({
    file: 'content/timelines/a.yaml',
    line: 4,
    column: 16,
  });
});
