// What readers see apart from the words: the typeface, and what stays together.
import { expect, test } from '@playwright/test';

test('headings have the typeface of the site, which is loaded before the styles ask for it', async ({
  page,
}) => {
  await page.goto('chapters/namespaces/');
  const loaded = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ status }) => status === 'loaded').map((f) => f.family);
  });
  expect(loaded.map((family) => family.replaceAll('"', ''))).toEqual(['Source Serif 4']);
  const preloaded = await page.locator('link[rel="preload"][as="font"]').getAttribute('href');
  const requested = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.woff2')),
  );
  expect(requested).toEqual([new URL(preloaded ?? '', page.url()).href]);
});
