import { expect, test } from 'vitest';
import { cell, chapter, found, places, write, useSmallCourse } from './small-course.ts';

useSmallCourse();

test('a page that is not listed and an entry without a page have their places', () => {
  expect(found(['index', 'chapters/b'])).toMatchInlineSnapshot(`
    [
      "site.config.ts:4:5  UnknownPage
    The navigation lists "chapters/b", but content/chapters/b.mdx does not exist.
    Did you mean "chapters/a"? If not, write that file, or remove the entry.",
      "content/chapters/a.mdx:1:1  PageNotListed
    This page is not in the navigation, so readers cannot find it.
    Add 'chapters/a' to \`sidebar\` (site.config.ts:2).",
    ]
  `);
});

test('what is right is no mistake', () => {
  chapter(
    `[a](/) [b](/#first-steps) [c](#one) [d](https://example.org/) ![an icon](/favicon.svg)\n\n` +
      `## An [x](#an-x)\n\n<div id="box">[box](#box)</div> <Cite id="clone2" /> <Output cell="one" />\n\n${cell}`,
  );
  expect(found()).toEqual([]);
});

test('a link can lead to a row of the comparison', () => {
  const cells = '{ vm: { reason: r, source: clone2 }, c: { reason: r } }';
  write(
    'content/comparison.yaml',
    'columns: [{ id: vm, name: VM }, { id: c, name: C }]\ngroups: [{ id: g, name: G }]\n' +
      `rows: [{ id: kernel, group: g, property: Kernel, cells: ${cells} }]\n`,
  );
  chapter(`<ComparisonTable />\n\n[a](#compared-kernel)\n\n${cell}`);
  expect(found()).toEqual([]);
  chapter(`<ComparisonTable />\n\n[a](#compared-kernl)\n\n${cell}`);
  expect(found().join()).toContain('Did you mean #compared-kernel?');
});

test.each([
  ['[a](/chapter/a/)', 'leads to no page', 'Did you mean /chapters/a/?'],
  ['[a](/a/)', 'leads to no page', 'Did you mean /chapters/a/?'],
  ['[a](/chapters/a)', 'leads to no page', 'Add a slash at the end: /chapters/a/'],
  ['[a](chapters/a/)', 'does not begin with a slash', 'Did you mean /chapters/a/?'],
  [
    '[a](/#first-stpes)',
    'an id that content/index.mdx does not have',
    'Did you mean #first-steps?',
  ],
  ['[a](#two)', 'an id that content/chapters/a.mdx', 'The ids on that page are top, _top, one.'],
  ['[a](http://example.org/)', 'is not encrypted', 'Use https://'],
  ['<a href="/nowhere/">a</a>', 'leads to no page', 'The pages are /about/t/, /chapters/a/, /.'],
  ['![an image](/nothing.png)', 'leads to no file', 'add the file public/nothing.png'],
  ['![an image](./a.png)', 'does not begin with a slash', '/a.png, for the file public/a.png'],
  [
    '[a](#%E0%A4%A)',
    'an id that content/chapters/a.mdx',
    'The ids on that page are top, _top, one.',
  ],
  ['[a]()', 'has no address', 'Write it between the parentheses.'],
])('%s is a broken link with its place', (link, reason, hint) => {
  chapter(`Text ${link}\n\n${cell}`);
  const [first = '', ...others] = found();
  expect(others).toEqual([]);
  expect(first).toMatch(/^content\/chapters\/a\.mdx:8:6 {2}BrokenLink\n/);
  expect(first).toContain(reason);
  expect(first).toContain(hint);
});

test('a gauge names its group and a cell of its page', () => {
  chapter(
    `<MemoryGauge group="/a" cell="one" />\n\n<MemoryGauge group="/a" cell="two" />\n\n` +
      `<MemoryGauge cell="one" />\n\n<MemoryGauge group="a" cell="one" />\n\n${cell}`,
  );
  expect(places()).toEqual(['10:1  BadGauge', '12:1  MissingAttribute', '14:1  BadGauge']);
});

test('all mistakes of a page are found at once, in the order of the text', () => {
  chapter(
    '<Cite id="clone" /> <Term id="cgrop">x</Term>\n\nA <Output cell="two" /> ![](/favicon.svg)\n\n' +
      `<Timeline id="no" />\n\n<Trem />\n\nA [link](/no/)\n<Cite />\n\n<img src="/favicon.svg" />\n\n` +
      '```mermaid\nflowchart TB\n```\n',
  );
  expect(places()).toEqual([
    '8:1  UnknownSource',
    '8:1  TagAtLineStart',
    '8:21  UnknownTerm',
    '10:3  UnknownOutput',
    '10:25  MissingAlt',
    '12:1  UnknownTimeline',
    '14:1  UnknownComponent',
    '16:3  BrokenLink',
    '17:1  MissingAttribute',
    '17:1  TagAtLineStart',
    '19:1  MissingAlt',
    '21:1  UndescribedDiagram',
  ]);
});

test.each([
  ['---\ntitle: A: B\n---\n', 'content/index.mdx:2:9  BadYaml\nThis is not valid YAML: bad indent'],
  ['---\ntitle: A\n\n## B\n', 'content/index.mdx:1:1  BadYaml\nThe frontmatter that begins here'],
  [`\uFEFF---\ntitle: A\n---\n\n${cell}`, 'content/index.mdx:1:1  ByteOrderMark\n'],
  ['\n---\ntitle: T\n---\n', 'content/index.mdx:2:1  BadYaml\nThe frontmatter has to begin'],
  ['---\ndescription: A\n---\n', 'content/index.mdx:1:1  BadFrontmatter\n'],
  ['---\ntitle: A\n---\n\na <5 b\n', 'content/index.mdx:5:3  BadMarkdown\n'],
  ['---\ntitle: A\n---\n\nexport const a = ;\n', 'content/index.mdx:5:18  BadMarkdown\n'],
])('the page %j has its mistake and the next step', (text, words) => {
  write('content/index.mdx', text);
  expect(found()[0]).toContain(words);
  expect(found()).toHaveLength(1);
});

test('a mistake in a page makes no further ones in links to it', () => {
  chapter(`[a](/#first-steps) [b](#one)\n\n${cell.replace('id=one', 'id=one timout=1')}`);
  write('content/index.mdx', '---\ntitle: A\n---\n\na <5 b\n\n[one](/chapters/a/#one)\n');
  expect(places()).toEqual(['10:19  UnknownCellOption', '5:3  BadMarkdown']);
});

test.each([
  [
    "import A from './a.astro'",
    '8:16',
    'UnknownImport\nThis page imports "./a.astro", which does not',
  ],
  [
    "import {\n  a,\n} from 'b'",
    '10:9',
    'UnknownImport\nThis page imports "b", which does not exist.',
  ],
  ['a {pid} b', '8:3', 'UnknownName\nBraces contain code, but "pid" is not defined on this page.'],
  [
    'a <Cite id={x} />',
    '8:3',
    'MissingAttribute\n<Cite> needs the attribute "id", with its value in quotes.',
  ],
  [
    'a <Cite id="clone2" page="3" />',
    '8:3',
    'UnknownAttribute\n<Cite> does not accept the attribute "page".',
  ],
  [
    '<Stacks shows="vms" />',
    '8:1',
    'UnknownValue\n<Stacks> does not know shows="vms".\nDid you mean "vm"? The values are vm, microvm, sandbox, container.',
  ],
  [
    '<Switches title="t" choices="uts=UTS|pid">\n\nText.\n\n</Switches>',
    '8:1',
    'BadSwitches\nThe choice “pid” cannot be read.',
  ],
  [
    '<Switches title="t" choices="uts=UTS" one="ut">\n\na <When on="uts">b</When>\n\n</Switches>',
    '8:1',
    'BadSwitches\none="ut" is no choice of its <Switches>.\nDid you mean "uts"?',
  ],
  [
    '<Switches title="t" choices="uts=UTS">\n\na <When on="pid">b</When>\n\n</Switches>',
    '10:3',
    'BadSwitches\non="pid" is no choice of its <Switches>.',
  ],
  [
    '<Switches title="t" choices="uts=UTS|pid=PID">\n\na <When off="uts">b</When>\n\n</Switches>',
    '8:1',
    'BadSwitches\nThe choice "pid" of <Switches> shows and hides nothing.',
  ],
  [
    '<Switches title="t" choices="uts=UTS">\n\na <When>b</When>\n\n</Switches>',
    '10:3',
    'BadSwitches\n<When> needs one attribute',
  ],
  ['a <When on="uts">b</When>', '8:3', 'BadSwitches\n<When> is outside of <Switches>'],
  ['<Quiz>\n\nText.\n\n</Quiz>', '8:1', 'MissingAttribute\n<Quiz> needs the attribute "question".'],
  [
    'a <cite id="clone2" />',
    '8:3',
    'UnknownComponent\nThere is no component <cite>.\nDid you mean <Cite>?',
  ],
  ['a ![][x]\n\n[x]: /favicon.svg', '8:3', 'MissingAlt\n'],
  ['a <Cite id="clone2">clone</Cite>', '8:3', 'ComponentContent\n<Cite> does not show what'],
  ['a <Term id="cgroup" />', '8:3', 'ComponentContent\n<Term> has nothing between its tags'],
  ['<Quiz question="q?">\n\n</Quiz>', '8:1', 'ComponentContent\n<Quiz> has nothing between'],
  [
    'a <Term id="cgroup">a <Term id="cgroup">b</Term></Term> c',
    '8:23',
    'ComponentContent\nThis link is inside another link.',
  ],
  [
    `<InsideOutside>\n\n${cell}\n</InsideOutside>`,
    '8:1',
    'ComponentContent\n<InsideOutside> shows two cells side by side, but this one has 1.',
  ],
  ['[a <Cite id="clone2" />](/)', '8:4', 'ComponentContent\nThis link is inside another link.'],
  ['# Big', '8:1', 'SecondTitle\nThis heading is a second title'],
  ['``sh cell id=a\n$ true\n``', '8:3', 'NotACell\nThis is text, not a cell'],
  ["'''sh cell id=a\n$ true\n'''", '8:4', 'NotACell\nThis is text, not a cell'],
  ['| a |\n| - |\n| ```sh cell id=a |', '10:6', 'NotACell\nThis is text, not a cell'],
  ['```Mermaid\nflowchart TB\n```', '8:1', 'NotADiagram\nThis fence looks like a diagram'],
])('%j has one mistake with its place', (text, place, words) => {
  chapter(text);
  const [first = '', ...others] = found();
  expect(others).toEqual([]);
  expect(first).toContain(`content/chapters/a.mdx:${place}  ${words}`);
});

test('code that a page may have is no mistake', () => {
  write('content/chapters/b.astro', '');
  const imports = "import A from './b.astro';\nimport { z } from 'astro:content';";
  chapter(`${imports}\n\n<A /> {z} {frontmatter.title} {/* a comment */}`);
  expect(found()).toEqual([]);
});

test('a backtick without its partner and a footnote without its text have their places', () => {
  chapter(
    `A \`code\` and a \\\` and \`\`two \` here\`\`.\n\nThen \`open, and *so [^1]* on [^2].\n\n[^2]: Text.\n\n${cell}`,
  );
  expect(found()).toMatchInlineSnapshot(`
    [
      "content/chapters/a.mdx:10:6  OpenBacktick
    This backtick does not begin \`code\`, because no backtick in its paragraph closes it.
    Add the closing backtick, or write \\\` for the character itself.",
      "content/chapters/a.mdx:10:21  UnknownFootnote
    The page has no text for the footnote [^1].
    Add a paragraph that begins with [^1]: or write \\[^1] for the characters themselves.",
    ]
  `);
});
