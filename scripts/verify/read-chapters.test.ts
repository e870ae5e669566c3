import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readChapters } from './read-chapters.ts';

let folder = '';
let asked: string[] = [];
beforeEach(() => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'chapters-'));
  const cell = '```sh cell id=a\n$ true\n```\n';
  writeFileSync(join(folder, 'plain.mdx'), cell);
  writeFileSync(join(folder, 'named.mdx'), `---\nimage: course\n---\n\n${cell}`);
  writeFileSync(join(folder, 'typo.mdx'), `---\nimage: corse\n---\n\n${cell}`);
  writeFileSync(join(folder, 'text.mdx'), 'No cells.\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(image?: string) {
  const files = ['plain', 'named', 'typo', 'text'].map((name) => join(folder, `${name}.mdx`));
  return readChapters(folder, { files, image }, async (name) => {
    asked.push(name);
    return { kernel: '6', snapshot: 'state', key: `key of ${name}` };
  });
}

test('each page has its image and the machine of that image, and an unknown one is a mistake', async () => {
  const { chapters, mistakes } = await read();
  expect(chapters.map(({ file, image }) => [file, image])).toEqual([
    ['plain.mdx', 'course'],
    ['named.mdx', 'course'],
  ]);
  expect(asked).toEqual(['course', 'course']);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toMatch(/typo\.mdx:2:1 {2}BadFrontmatter\n.*There is no image "corse"/);
});

test('pages on another image than the chosen one are left out, and their machine is not needed', async () => {
  const { chapters } = await read('big');
  expect(chapters).toEqual([]);
  expect(asked).toEqual([]);
});
