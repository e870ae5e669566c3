import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { coursePages, pageOfCells } from './course-pages.ts';

let root = '';
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
const page = (options: string) =>
  `---\ntitle: T\n---\n\n\`\`\`sh cell ${options}\n$ echo\n\`\`\`\n`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pages-'));
  mkdirSync(join(root, 'content/chapters'), { recursive: true });
  write('content/chapters/a.mdx', page('id=a'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('a page has its cells with their lines in the file', () => {
  write('content/index.mdx', '---\ntitle: Start\n---\nNo cells.\n');
  const [a, ...others] = coursePages(root);
  expect(others).toEqual([]);
  expect(a).toMatchObject({ name: 'chapters/a', title: 'T', address: 'chapters/a/' });
  expect(a?.cells.map(({ position }) => position)).toMatchObject([
    { file: 'content/chapters/a.mdx', line: 5 },
  ]);
});

test('a page runs on the image that its frontmatter names, otherwise on the default one', () => {
  write('content/chapters/b.mdx', page('id=b').replace('title: T', 'title: T\nimage: other'));
  expect(coursePages(root).map(({ image }) => image)).toEqual(['course', 'other']);
});

test('a page with only a task is listed', () => {
  const task = [
    ...['goal: G', 'checks:', '  - run: a', '    hints: [{ id: h, say: S }]'],
    ...['solutions:', '  - [a]', '  - [b]'],
    ...['mistakes:', '  - { run: [c], hint: h }', '  - { run: [d], hint: h }'],
  ];
  const fence = ['```yaml task id=t title="T"', ...task, '```', ''].join('\n');
  write('content/chapters/b.mdx', `---\ntitle: B\n---\n\n${fence}`);
  expect(coursePages(root).map(({ name }) => name)).toEqual(['chapters/a', 'chapters/b']);
});

test('a mistake in a page has its line, and does not affect other pages', () => {
  write('content/chapters/b.mdx', page('id=b ater=a'));
  expect(() => coursePages(root)).toThrow(/content\/chapters\/b\.mdx:5:17/);
  expect(pageOfCells('content/chapters/a.mdx', root).cells).toHaveLength(1);
});
