// The author tools of the dev server. It serves a copy of the project, since the tools write into its pages.
import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyTree } from '../scripts/test/copy-tree.ts';
import type { Tree } from '../scripts/test/copy-tree.ts';
import { basePath } from '../src/site.ts';
import { cell } from './page-parts.ts';

const port = 4398;
const url = `http://localhost:${port}${basePath}/about/why-outputs-vary/`;
const file = 'content/about/why-outputs-vary.mdx';
const text = `---
title: A page
description: It has two cells.
---

\`\`\`sh cell id=first
$ echo one; echo two
one
2
\`\`\`

\`\`\`sh cell id=second
$ echo three
three
\`\`\`
`;

let tree: Tree;
let server: ChildProcess;
const read = () => readFileSync(join(tree.folder, file), 'utf8');
const write = (content: string) => writeFileSync(join(tree.folder, file), content);

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  tree = copyTree();
  // Vite serves only files of the project, and the packages are outside the copy. It starts without a
  // cache, as after a clone. A package that it discovers only when a cell runs would reload the page.
  const config = join(tree.folder, 'astro.config.mjs');
  const changed = readFileSync(config, 'utf8')
    .replace('vite: {', `vite: { cacheDir: '.vite',`)
    .replace('server: {', 'server: { fs: { strict: false },');
  writeFileSync(config, changed);
  write(text);
  server = spawn(process.execPath, ['scripts/site/dev.ts', '--port', `${port}`], {
    cwd: tree.folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await expect(async () => expect((await fetch(url)).status).toBe(200)).toPass();
});

test.afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill();
  await ended;
  tree.remove();
});

test('accepting a differing output writes it into the page @full', async ({ page }) => {
  await page.goto(url);
  const first = cell(page, 'first');
  await first.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(first).toHaveAttribute('state', 'differs');
  await first.getByRole('button', { name: 'Accept' }).click();
  await expect.poll(read).toBe(text.replace('\n2\n', '\ntwo\n'));
  // The page reloads, and the cell runs again, since its text has changed.
  await expect(first).toHaveAttribute('state', 'passed');
  await expect(first.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await expect(cell(page, 'second')).not.toHaveAttribute('state', 'passed');
});

test('an error while writing is shown beside the button @full', async ({ page }) => {
  write(text);
  await page.goto(url);
  const first = cell(page, 'first');
  await first.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(first).toHaveAttribute('state', 'differs');
  await page.route('**/__course/accept/', (route) =>
    route.fulfill({ status: 409, body: 'The cell was changed.' }),
  );
  await first.getByRole('button', { name: 'Accept' }).click();
  await expect(first.getByRole('status').last()).toHaveText('The cell was changed.');
  expect(read()).toBe(text);
});

test('a mistake in one page does not affect the others', async ({ page }) => {
  appendFileSync(
    join(tree.folder, 'content/chapters/cgroups.mdx'),
    '\n```sh cell id=x ater=y\n```\n',
  );
  const response = await page.goto(url);
  expect(response?.status()).toBe(200);
  await expect(page.locator('.verified-on')).toContainText('2 cells');
});
