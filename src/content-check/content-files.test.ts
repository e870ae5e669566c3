import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cell, chapter, found, places, root, write, useSmallCourse } from './small-course.ts';

useSmallCourse();

test('files that the site does not read, and sources that nothing cites', () => {
  write('content/chapters/b.md', '');
  write('content/terms/b.yml', '');
  write('content/chapters/c.MDX', '');
  write('content/new.mdx', '---\noutcomes: [a]\n---\n');
  write('content/README.md', '');
  write('content/sources/a.yaml', 'short: a\ntitle: T\nurl: https://example.org/a\n');
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
  write('content/sources/same.yaml', 'title: V\nshort: V\nurl: https://example.org/u\n');
  write(
    'content/chapters/My page.mdx',
    '---\ntitle: T\noutcomes: [a, b]\nneeds: a\nminutes: 1\n---\n',
  );
  chapter(`A <Cite id="clone" /> <Cite id="same" />\n\n${cell}`);
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
      "content/sources/same.yaml:3:1  DoubleName
    content/sources/clone.yaml:3 has the same \`url\`, “https://example.org/u”. Readers cannot tell the two apart.
    Cite the first one instead, and remove this file.",
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
  write('content/sources/a.yaml', 'short: a\ntitle: T\nurl: https://example.org/a\n');
  writeFileSync(
    join(root, 'content/index.mdx'),
    Buffer.from('---\ntitle: T\n---\n\nA <Cite id="a" />\n', 'utf16le'),
  );
  expect(found().map((each) => each.replace(/\n[^]*/, ''))).toEqual([
    'content/index.mdx:1:2  BadEncoding',
  ]);
});

test('reports a merge conflict before the other mistakes that it causes', () => {
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

test('the links and sources of the evidence are checked', () => {
  const reason = (to: string, source: string) =>
    [
      '  - reason: R',
      '    judgement: J',
      `    for: [{ what: w, source: ${source} }]`,
      '    against: [{ what: w, source: clone2 }]',
      '    try:',
      '      what: w',
      `      to: ${to}`,
    ].join('\n');
  const reasons = [reason('/chapters/a/#one', 'clone2'), reason('/chapters/a/#on', 'clone')];
  write('content/evidence.yaml', ['caption: C', 'reasons:', ...reasons, ''].join('\n'));
  expect(found()).toMatchInlineSnapshot(`
    [
      "content/evidence.yaml:12:30  UnknownSource
    There is no source \`clone\`: content/sources/clone.yaml does not exist.
    Did you mean \`clone2\`? If not, write that file.",
      "content/evidence.yaml:16:7  BrokenLink
    The link to /chapters/a/#on leads to an id that content/chapters/a.mdx does not have.
    Did you mean #one?",
    ]
  `);
});
