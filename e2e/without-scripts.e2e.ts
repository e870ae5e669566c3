// The site where scripts do not run.
import { expect, test } from '@playwright/test';
import { fullUnless } from './tiers.ts';

test.use({ javaScriptEnabled: false, colorScheme: 'light' });

test('is light, and offers no control that does nothing', async ({ page }) => {
  await page.goto('chapters/pid-namespaces/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  for (const name of ['Search', 'Run', 'Run all', 'Stop', 'Reset']) {
    await expect(page.getByRole('button', { name }).filter({ visible: true })).toHaveCount(0);
  }
  await expect(page.getByRole('combobox').filter({ visible: true })).toHaveCount(0);
  const chapter = page.getByRole('heading', { level: 1 });
  await expect(chapter).toBeVisible();
});

for (const path of ['', 'chapters/pid-namespaces/', 'terminal/', '404.html']) {
  const tag = fullUnless(path === 'chapters/pid-namespaces/');
  test(`loads no styles of what only scripts add, at “${path}”${tag}`, async ({ page }) => {
    await page.goto(path);
    const found = await page.evaluate(() => {
      const selectors = [...document.styleSheets].flatMap(({ cssRules }) =>
        [...cssRules].map(({ cssText }) => cssText),
      );
      const ofScripts =
        /course-terminal|course-inspector|xterm|cell-menu-box|\.try\b|\.said\b|\.ran\b/;
      return selectors.filter((text) => ofScripts.test(text));
    });
    expect(found).toEqual([]);
  });
}

test('shows the source of a citation by its link @full', async ({ page }) => {
  await page.goto('chapters/why-only-then/');
  const cite = page.locator('a.cite').first();
  await expect(cite).toHaveText('1');
  await cite.click();
  await expect(page.locator(':target')).toBeVisible();
});
