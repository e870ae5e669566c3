// The site where scripts do not run.
import { expect, test } from '@playwright/test';

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

test('shows the source of a citation by its link', async ({ page }) => {
  await page.goto('chapters/why-only-then/');
  const cite = page.locator('a.cite').first();
  await expect(cite).toHaveText('1');
  await cite.click();
  await expect(page.locator(':target')).toBeVisible();
});
