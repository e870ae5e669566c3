// Builds the site as from a download without git, with no address set.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATES } from '../../src/page-dates.ts';
import { recordDates } from '../authors/record-dates.ts';
import { copyTree } from '../test/copy-tree.ts';
import { listPages } from './list-pages.ts';

const tree = copyTree();
const pages = new Map<string, string>();

beforeAll(async () => {
  rmSync(join(tree.folder, DATES));
  recordDates(tree.folder, new Date('2001-02-03T04:05:06Z'));
  const astro = join(tree.folder, 'node_modules/astro/bin/astro.mjs');
  const { status, stderr } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: tree.folder,
    env: { ...process.env, SITE_URL: '', REPOSITORY_URL: '' },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const folder = join(tree.folder, 'dist');
  for (const page of await listPages(folder)) {
    pages.set(page, readFileSync(join(folder, page), 'utf8'));
  }
});
afterAll(() => tree.remove());

test('a site without a configured address names none', () => {
  expect(pages.size).toBeGreaterThan(10);
  for (const [page, html] of pages) {
    expect(html.match(/https?:\/\/[^"<\s]*example[^"<\s]*/)?.[0], page).toBeUndefined();
    expect(html, page).not.toMatch(
      /rel="canonical"|og:url|og:image|summary_large_image|\/edit\/main\/|\/issues\/new/,
    );
  }
});

test('its pages say when they were last changed', () => {
  expect(pages.get('chapters/cgroups/index.html')).toContain('<time datetime="2001-02-03');
});
