import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedImages, usedImages } from './used-images.ts';

test('the images are those in the frontmatter of pages', () => {
  const root = mkdtempSync(join(tmpdir(), 'pages-'));
  const write = (name: string, text: string) => writeFileSync(join(root, 'content', name), text);
  mkdirSync(join(root, 'content'));
  write('one.mdx', '---\ntitle: One\nimage: big\n---\n');
  write('two.mdx', '---\ntitle: Two\nimage: "other"\n---\n');
  write('three.mdx', '---\ntitle: Three\n---\nimage: text\n');
  expect(namedImages(root)).toEqual(new Set(['big', 'other']));
  rmSync(root, { recursive: true });
});

test('the site needs the default image, and of the others those that a page names', () => {
  expect(usedImages(['course', 'big', 'spare'], new Set(['big', 'missing']))).toEqual([
    'course',
    'big',
  ]);
});
