import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { config } from '../../site.config.ts';
import { findMistake, printMistake } from '../../src/author-error.ts';
import { checkCourse } from './check-course.ts';
import type { SidebarItem } from '../../src/course-data/course.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'course-'));
  for (const folder of ['chapters', 'sources', 'terms', 'timelines'])
    mkdirSync(join(root, 'content', folder), { recursive: true });
  writeFileSync(join(root, 'content/sources/clone2.yaml'), '');
  write('index', '');
  write('chapters/namespaces', '## Eight kinds of `them`\n\n```sh cell id=first\n$ true\n```\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const sidebar: SidebarItem[] = [{ slug: 'index' }, { label: 'C', items: ['chapters/namespaces'] }];
const source = { file: 'site.config.ts', text: "sidebar: [\n  'chapters/namespace',\n]" };

function write(name: string, text: string): void {
  writeFileSync(join(root, `content/${name}.mdx`), `---\ntitle: T\n---\n\n${text}`);
}

const check = (items = sidebar) =>
  checkCourse(items, source, root).map((error) => {
    const mistake = findMistake(error);
    if (!mistake) throw error;
    return printMistake(mistake);
  });

test('the pages of the course have no such mistake', () => {
  expect(checkCourse(config.sidebar, source)).toEqual([]);
});

const right = [
  '[a](/chapters/namespaces/)',
  '[a](/chapters/namespaces/#eight-kinds-of-them)',
  '[a](/chapters/namespaces/#first)',
  '[a](/#top)',
  '[a](https://example.org/x#y)',
  '[a](/favicon.svg)',
  '![a lock](/lock.svg)',
  '<Glossary />\n\n[a](#clone2)',
  'Text <Cite id="clone2" />.',
];
test.each(right)('%s is right', (text) => {
  write('index', text);
  expect(check()).toEqual([]);
});

const wrong: [text: string, printed: string][] = [
  [
    'Text [a](/chapters/namespaces/#frist).',
    'content/index.mdx:5:6  BrokenLink\ncontent/chapters/namespaces.mdx has no heading and no cell with the id "frist".\nDid you mean "#first"?',
  ],
  [
    '[a](/chapters/namespace/)',
    'content/index.mdx:5:1  BrokenLink\nThere is no page /chapters/namespace/.\nDid you mean /chapters/namespaces/?',
  ],
  [
    '[a](/chapters/namespaces)',
    'content/index.mdx:5:1  BrokenLink\nThe address /chapters/namespaces has no slash at its end.\nWrite /chapters/namespaces/.',
  ],
  [
    '[a][b]\n\n[b]: /elsewhere/',
    'content/index.mdx:7:1  BrokenLink\nThere is no page /elsewhere/.\nThe pages are /chapters/namespaces/, /.',
  ],
  [
    'Text <Cite id="clone" />.',
    'content/index.mdx:5:6  UnknownSource\nThere is no source `clone`: content/sources/clone.yaml does not exist.\nDid you mean `clone2`? If not, write that file.',
  ],
  [
    'Text <Output cell="x" />.',
    'content/index.mdx:5:6  UnknownOutput\n<Output> quotes the cell "x", which is not on this page.\nThis page has no cells.',
  ],
  [
    '[a](#below)',
    'content/index.mdx:5:1  BrokenLink\ncontent/index.mdx has no heading and no cell with the id "below".\nIt has none.',
  ],
  [
    '![](/lock.svg)',
    'content/index.mdx:5:1  NoAlt\nThe image /lock.svg has no text for readers who cannot see it.\nDescribe what it shows: ![a short text](…).',
  ],
];
test.each(wrong)('%s is a mistake', (text, printed) => {
  write('index', text);
  expect(check()).toEqual([printed]);
});

/** The first line of each mistake. */
const places = () => check().map((text) => text.split('\n')[0]);

test('a page that the navigation lacks, and an entry without a page', () => {
  write('404', '');
  expect(check([{ slug: 'index' }, 'chapters/namespace'])).toEqual([
    "content/chapters/namespaces.mdx:1  NotInSidebar\nReaders cannot find this page, because it is not in the navigation.\nAdd 'chapters/namespaces' to the sidebar in site.config.ts.",
    "site.config.ts:2:3  NoSuchPage\nThere is no page content/chapters/namespace.mdx.\nDid you mean 'chapters/namespaces'?",
  ]);
});

test('all mistakes of all pages come at once', () => {
  write('index', '[a](/x/)\n\n![](/y.svg)\n');
  write('chapters/namespaces', '[a](/z/)\n\n```sh cell\n$ true\n```\n\n```sh cell id=x\n```\n');
  expect(places()).toEqual([
    'content/chapters/namespaces.mdx:7:7  BadCellId',
    'content/chapters/namespaces.mdx:11:7  BadTranscript',
    'content/chapters/namespaces.mdx:5:1  BrokenLink',
    'content/index.mdx:5:1  BrokenLink',
    'content/index.mdx:7:1  NoAlt',
  ]);
});

test('a page that is not valid MDX does not hide the mistakes of the others', () => {
  write('chapters/namespaces', 'Less than <5.\n');
  write('index', '![](/y.svg)\n');
  expect(places()).toEqual([
    'content/chapters/namespaces.mdx:5:11  BadMarkdown',
    'content/index.mdx:5:1  NoAlt',
  ]);
});
