import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { printMistake } from '../author-error.ts';
import { contentMistakes } from './content-mistakes.ts';

let root = '';
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const chapter = (text: string) =>
  write(
    'content/chapters/a.mdx',
    `---\ntitle: Chapter\noutcomes: [see, do]\nneeds: a shell\nminutes: 1\n---\n\n${text}\n`,
  );
const cell = '```sh cell id=one\n$ echo 1\n1\n```\n';
const found = (sidebar = ['index', 'chapters/a']) =>
  contentMistakes(root, [...sidebar, 'about/t']).map(printMistake);
/** The first line of each mistake, without the name of the file. */
const places = () => found().map((each) => each.replace(/^\S*?:|\n[^]*/g, ''));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'content-'));
  write(
    'site.config.ts',
    "export const config = {\n  sidebar: [\n    'index',\n    'chapters/b',\n  ],\n};\n",
  );
  write('public/favicon.svg', '<svg />');
  write('content/index.mdx', '---\ntitle: T\n---\n\n## First steps\n');
  write('content/sources/clone2.yaml', 'short: clone(2)\ntitle: T\nurl: https://example.org/\n');
  write(
    'content/timelines/t.yaml',
    "title: T\nevents:\n  - { date: '1979', what: w, source: clone2 }\n",
  );
  write('content/about/t.mdx', '---\ntitle: Times\n---\n\n<Timeline id="t" />\n');
  write('content/terms/cgroup.yaml', 'term: cgroup\ndefinition: D.\n');
  chapter(cell);
});
afterEach(() => rmSync(root, { recursive: true }));

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

test('files that the site does not read, and sources that nothing cites', () => {
  write('content/chapters/b.md', '');
  write('content/terms/b.yml', '');
  write('content/chapters/c.MDX', '');
  write('content/new.mdx', '---\noutcomes: [a]\n---\n');
  write('content/README.md', '');
  write('content/sources/a.yaml', 'short: a\ntitle: T\nurl: https://example.org/\n');
  expect(found().map((each) => each.replace(/\n[^]*/, ''))).toEqual([
    'content/sources/a.yaml:1:1  UncitedSource',
    'content/chapters/b.md:1:1  UnreadFile',
    'content/chapters/c.MDX:1:1  UnreadFile',
    'content/new.mdx:1:1  UnreadFile',
    'content/terms/b.yml:1:1  UnreadFile',
  ]);
});

test('a page that the navigation names twice is a mistake', () => {
  const twice = "export const config = {\n  sidebar: ['index', 'chapters/a', 'index'],\n};\n";
  write('site.config.ts', twice);
  expect(places().length).toBe(0);
  const [first] = found(['index', 'chapters/a', 'index']);
  expect(first).toContain('site.config.ts:2:36  RepeatedPage\n');
});

test('data files are checked, all at once', () => {
  write('content/sources/a.yaml', 'short: "a\ntitle: T\n');
  write('content/terms/b.yaml', '\uFEFFterm: b\ndefinition: D.\nnmae: c\n');
  write(
    'content/timelines/c.yaml',
    "title: T\nevents:\n  - { date: '1979', what: w, source: clone }\n",
  );
  expect(found().map((each) => each.replace(/\n[^]*/, ''))).toEqual([
    'content/sources/a.yaml:4:1  BadYaml',
    'content/terms/b.yaml:1:1  ByteOrderMark',
    'content/terms/b.yaml:3:1  BadData',
    'content/timelines/c.yaml:3:38  UnknownSource',
    'content/sources/a.yaml:1:1  UncitedSource',
    'content/timelines/c.yaml:1:1  UnusedTimeline',
  ]);
});

test('two files with the same name, and an address that is hard to type, are found with their places', () => {
  write('content/terms/group.yaml', "term: 'CGroup'\ndefinition: D.\n");
  write('content/sources/clone.yaml', 'title: U\nshort: clone(2)\nurl: https://example.org/u\n');
  write(
    'content/chapters/My page.mdx',
    '---\ntitle: T\noutcomes: [a, b]\nneeds: a\nminutes: 1\n---\n',
  );
  chapter(`A <Cite id="clone" />\n\n${cell}`);
  expect(found(['index', 'chapters/a', 'chapters/My page'])).toMatchInlineSnapshot(`
    [
      "content/chapters/My page.mdx:1:1  BadFileName
    The name of this file becomes the address of the page, and contains characters that are hard to type.
    Rename it, using only lower-case letters, digits and hyphens.",
      "content/index.mdx:2:1  DoubleName
    content/chapters/My page.mdx:2 has the same \`title\`, “T”. Readers cannot tell the two apart.
    Give one of them another \`title\`, or remove one of the files.",
      "content/sources/clone2.yaml:1:1  DoubleName
    content/sources/clone.yaml:2 has the same \`short\`, “clone(2)”. Readers cannot tell the two apart.
    Give one of them another \`short\`, or remove one of the files.",
      "content/terms/group.yaml:1:1  DoubleName
    content/terms/cgroup.yaml:1 has the same \`term\`, “CGroup”. Readers cannot tell the two apart.
    Give one of them another \`term\`, or remove one of the files.",
    ]
  `);
});

test.each(['utf16le', 'latin1'] as const)(
  'a page and a term in %s have one mistake each',
  (encoding) => {
    const save = (file: string, text: string) => writeFileSync(join(root, file), text, encoding);
    save('content/index.mdx', '---\ntitle: Größe\n---\n\n## First steps\n');
    save('content/terms/cgroup.yaml', 'term: Größe\ndefinition: D.\n');
    expect(places()).toEqual(
      encoding === 'latin1'
        ? ['1:9  BadEncoding', '2:10  BadEncoding']
        : ['1:2  BadEncoding', '1:2  BadEncoding'],
    );
  },
);

test('sources are not reported as uncited while a page is not in UTF-8', () => {
  write('content/sources/a.yaml', 'short: a\ntitle: T\nurl: https://example.org/\n');
  writeFileSync(
    join(root, 'content/index.mdx'),
    Buffer.from('---\ntitle: T\n---\n\nA <Cite id="a" />\n', 'utf16le'),
  );
  expect(found().map((each) => each.replace(/\n[^]*/, ''))).toEqual([
    'content/index.mdx:1:2  BadEncoding',
  ]);
});

test('what git leaves of a merge is found before what it makes of the page', () => {
  write(
    'content/terms/cgroup.yaml',
    'term: a\n<<<<<<< HEAD\ndefinition: D.\n=======\ndefinition: E.\n>>>>>>> b\n',
  );
  chapter(`Text.\n\n<<<<<<< HEAD\nOne <b>\n=======\nTwo\n>>>>>>> other\n\n${cell}`);
  expect(found()).toMatchInlineSnapshot(`
    [
      "content/terms/cgroup.yaml:2:1  MergeConflict
    A git merge left two versions of this passage here.
    Keep one of them, and remove the three lines that begin with <<<<<<<, ======= and >>>>>>>.",
      "content/chapters/a.mdx:10:1  MergeConflict
    A git merge left two versions of this passage here.
    Keep one of them, and remove the three lines that begin with <<<<<<<, ======= and >>>>>>>.",
    ]
  `);
});

test('a backtick without its partner and a footnote without its text have their places', () => {
  chapter(
    `A \`code\` and a \\\` and \`\`two \` here\`\`.\n\nThen \`open, and *so [^1]* on [^2].\n\n[^2]: Text.\n\n${cell}`,
  );
  expect(found()).toMatchInlineSnapshot(`
    [
      "content/chapters/a.mdx:10:6  OpenBacktick
    This backtick begins no \`code\`, because its paragraph has no second one.
    Write the second one, or \\\` for the character itself.",
      "content/chapters/a.mdx:10:21  UnknownFootnote
    The page has no text for the footnote [^1].
    Add a paragraph that begins with [^1]: or write \\[^1] for the characters themselves.",
    ]
  `);
});

test('a timeline that no page shows is found', () => {
  write(
    'content/timelines/u.yaml',
    "title: U\nevents:\n  - { date: '1979', what: w, source: clone2 }\n",
  );
  expect(found()).toMatchInlineSnapshot(`
    [
      "content/timelines/u.yaml:1:1  UnusedTimeline
    No page shows this timeline.
    Show it with <Timeline id="u" />, or remove the file.",
    ]
  `);
});
