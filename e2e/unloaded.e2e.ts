// A page whose scripts do not load reports it. Without JavaScript it stays unchanged.
import { expect, test } from '@playwright/test';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const chapter = 'chapters/pid-namespaces/';
const sentence = 'The scripts of this page did not load, so its cells do not run.';

test('a server that sends scripts as text', async ({ page }) => {
  await page.route(/\/_astro\/.*\.js$/, (route) =>
    route.fulfill({ contentType: 'text/plain', body: 'export {};' }),
  );
  await page.goto(chapter);
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByText('Reload the page.')).toBeVisible();
});

test('a server that has the site in another folder @full', async ({ page }) => {
  await page.route(/\/_astro\//, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(chapter);
  await expect(page.getByText(sentence)).toBeVisible();
});

test('a page that was opened as a file', async ({ page }) => {
  await page.goto(pathToFileURL(resolve('dist', chapter, 'index.html')).href);
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByText('It was opened as a file.')).toBeVisible();
});

test('a page whose scripts have loaded reports nothing', async ({ page }) => {
  await page.goto(chapter);
  await expect(page.getByRole('button', { name: 'Run all' })).toBeVisible();
  await page.waitForLoadState('load');
  await expect(page.getByText(sentence)).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the text stays unchanged @full', async ({ page }) => {
    await page.goto(chapter);
    await expect(page.getByText(sentence)).toBeHidden();
  });
});
