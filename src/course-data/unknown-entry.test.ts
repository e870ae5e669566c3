import { expect, test } from 'vitest';
import { unknownEntry } from './unknown-entry.ts';

test('names the line of the page, and the nearest id', () => {
  const usage = {
    file: 'content/chapters/x.mdx',
    text: 'A\n\nB <Cite id="clone22" />, <Cite id="clone" />.',
  };
  expect(unknownEntry('sources', 'clone', ['clone2', 'unshare1'], usage).message)
    .toMatchInlineSnapshot(`
    "content/chapters/x.mdx:3  UnknownSource
    There is no source \`clone\`: content/sources/clone.yaml does not exist.
    Did you mean \`clone2\`? If not, write that file."
  `);
});

test('finds an id in a data file', () => {
  const usage = {
    file: 'content/timelines/a.yaml',
    text: 'title: T\nevents:\n  - { source: xyz }',
  };
  expect(unknownEntry('sources', 'xyz', ['clone2'], usage).message).toMatchInlineSnapshot(`
    "content/timelines/a.yaml:3  UnknownSource
    There is no source \`xyz\`: content/sources/xyz.yaml does not exist.
    Write that file."
  `);
});
