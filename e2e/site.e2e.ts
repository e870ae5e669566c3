// Every page of the course loads without errors, fits small screens and works without JavaScript.
import { expect, test } from '@playwright/test';
import { config } from '../site.config.ts';
import { builtPages } from './built-pages.ts';
import { collectFaults } from './page-faults.ts';
import { fullUnless } from './tiers.ts';

test('the site has pages', () => {
  expect(builtPages.map(({ path }) => path)).toContain('');
});

for (const { path, title } of builtPages) {
  test.describe(`page /${path}`, () => {
    test('loads without errors or requests to other origins, and fits a phone', async ({
      page,
      baseURL,
    }) => {
      const faults = collectFaults(page, baseURL ?? '');
      await page.goto(path);
      // The search is fetched when the page is idle, and its requests also count.
      await page.waitForLoadState('networkidle');
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      expect(title).toContain(config.title);
      for (const width of [320, 375]) {
        await page.setViewportSize({ width, height: 700 });
        const overhang = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(overhang, `at ${width} px`).toBe(0);
      }
      expect(faults).toEqual([]);
    });

    test.describe('without JavaScript', () => {
      test.use({ javaScriptEnabled: false });

      test(`shows its text${fullUnless(path === '')}`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('main').locator('p').first()).toBeVisible();
      });
    });
  });
}
