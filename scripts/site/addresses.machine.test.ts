// Builds the site as `npm run build` does on a computer of somebody who has set no address.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyTree } from '../test/copy-tree.ts';
import { listPages } from './list-pages.ts';

const tree = copyTree();
afterAll(() => tree.remove());

test('a site whose address nobody has named names none', async () => {
  const env = { ...process.env, SITE_URL: '', REPOSITORY_URL: '' };
  const astro = join(tree.folder, 'node_modules/astro/bin/astro.mjs');
  const { status, stderr } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: tree.folder,
    env,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const folder = join(tree.folder, 'dist');
  const pages = await listPages(folder);
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) {
    const html = readFileSync(join(folder, page), 'utf8');
    expect(html.match(/https?:\/\/[^"<\s]*example[^"<\s]*/)?.[0], page).toBeUndefined();
    expect(html, page).not.toMatch(/rel="canonical"|og:url|\/edit\/main\/|\/issues\/new/);
  }
});
