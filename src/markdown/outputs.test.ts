import { mdxToJs } from 'satteri';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { parseChapter } from '../cells/text/chapter.ts';
import { outputs, readOutput } from './outputs.ts';

const options = {
  fileURL: pathToFileURL('content/chapters/x.mdx'),
  features: { frontmatter: true },
  mdastPlugins: [outputs()],
};

const page = `---
title: T
---

Text <Output ATTRIBUTES />.

\`\`\`sh cell id=fork title="A fork"
$ start
[1] ...
pid 1...
$ cat few/pids.events \\
> few/pids.current
max 1
2
$ tail /dev/zero
Killed
[137]
\`\`\`

\`\`\`sh cell id=quiet
$ true
$ true
\`\`\`
`;

const asked = `Text <Output cell="a" />.

\`\`\`sh cell id=a
? What will it print?
$ echo 7
7
$ echo 7
\`\`\`

Text <Output cell="a" />.
`;

test('an output is not quoted above the question about it', async () => {
  await expect(async () => mdxToJs(asked, options)).rejects.toThrow(
    /x\.mdx:1:6 {2}EarlyAnswer\n“7” gives away the answer to the question in the cell “a” below/,
  );
  const below = asked.replace('Text <Output cell="a" />.\n', 'Text.\n');
  expect((await mdxToJs(below, options)).code).toContain('value: "7"');
  const unasked = asked.replace('? What will it print?\n', '');
  expect((await mdxToJs(unasked, options)).code).toContain('value: "7"');
});

async function build(attributes: string): Promise<string> {
  return (await mdxToJs(page.replace('ATTRIBUTES', attributes), options)).code;
}

test.each([
  ['a whole line', 'cell="fork" step={2} line={2}', '2'],
  ['a group of a match', 'cell="fork" match="max (\\d+)"', '1'],
  ['a match without a group', 'cell="fork" match="^Kil"', 'Kil'],
  ['a fixed part of a varying line', 'cell="fork" match="\\[(\\d)\\]"', '1'],
  ['an exit status', 'cell="fork" status', '137'],
])('%s is quoted', async (_, attributes, value) => {
  const code = await build(attributes);
  expect(code).toContain(`value: "${value}"`);
  expect(code).toContain('cell: "fork"');
  expect(code).toContain('name: "A fork"');
  expect(code).not.toContain('match');
});

test.each([
  ['an unknown cell', 'cell="frok"', 'UnknownOutput', 'Did you mean "fork"?'],
  ['an unknown step', 'cell="fork" step={4}', 'UnknownOutput', 'has 3 steps; there is no step 4'],
  ['an unknown line', 'cell="fork" step={3} line={2}', 'UnknownOutput', 'It prints “Killed”.'],
  ['no match', 'cell="fork" match="max (9)"', 'UnknownOutput', 'There is no match of /max (9)/ in'],
  ['another output', 'cell="fork" step={2} match="min"', 'UnknownOutput', '“max 1”, “2”'],
  ['no failure', 'cell="quiet" status', 'UnknownOutput', 'end with status 0'],
  [
    'several values',
    'cell="fork" step={2}',
    'AmbiguousOutput',
    '“max 1” on line 13 and “2” on line 14',
  ],
  [
    'a wildcard',
    'cell="fork" step={1} line={1} match="\\] (.*)"',
    'VaryingOutput',
    'text that varies',
  ],
  ['half of a varying part', 'cell="fork" match="pid (\\d)"', 'VaryingOutput', 'on line 10'],
  ['a misspelt attribute', 'cell="fork" stpe={1}', 'BadQuotation', 'Did you mean "step"?'],
  ['a broken expression', 'cell="fork" match="("', 'BadQuotation', 'is not a regular expression'],
  ['a step of 0', 'cell="fork" step={0}', 'BadQuotation', 'counts from 1'],
  ['no cell', 'step={1}', 'BadQuotation', 'has no cell'],
])('%s ends the build with its position and the reason', async (_, attributes, name, reason) => {
  const building = build(attributes);
  await expect(building).rejects.toThrow(`content/chapters/x.mdx:5:6  ${name}`);
  await expect(building).rejects.toThrow(reason);
});

test.each([
  ['status={false}', 'cannot take status from an expression'],
  ['match={"max (.)"}', 'cannot take match from an expression'],
])('%s is rejected', async (attributes, reason) => {
  await expect(build(`cell="fork" ${attributes}`)).rejects.toThrow(reason);
});

test('two values on one line are distinguished', async () => {
  const text = '<Output cell="a" match="v(\\d)" />\n\n```sh cell id=a\n$ x\nv1 v2\n```\n';
  await expect(async () => mdxToJs(text, options)).rejects.toThrow('which of them is meant?');
});

test('a skipped cell cannot be quoted', async () => {
  const text = '<Output cell="a" />\n\n```sh cell id=a skip="no net"\n$ x\nv1\n```\n';
  await expect(async () => mdxToJs(text, options)).rejects.toThrow('is not verified');
});

test('a cell without a recorded output is quoted as such in dev, and is a mistake in the check', async () => {
  const text = '<Output cell="a" />\n\n```sh cell id=a\n$ x\n```\n';
  expect((await mdxToJs(text, options)).code).toContain('value: "not recorded yet"');
  const position = { file: 'content/x.mdx', line: 1 };
  const cells = parseChapter('content/x.mdx', text);
  const attributes = [{ type: 'mdxJsxAttribute' as const, name: 'cell', value: 'a' }];
  expect(() => readOutput(cells, attributes, position)).toThrow(
    'content/x.mdx:1  MissingOutput\nThe cell "a" has no output yet',
  );
});
