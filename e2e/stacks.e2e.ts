// The drawing of stacked blocks, which works without scripts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const drawing = (page: Page): Locator => page.getByRole('figure', { name: 'Where is the kernel?' });
const kind = (page: Page, name: string): Locator =>
  drawing(page).getByRole('radio', { name, exact: true });
const crash = (page: Page, of: string): Locator =>
  drawing(page).getByRole('checkbox', { name: `crash the kernel of the ${of}` });
const shown = (page: Page, text: string): Locator =>
  drawing(page).getByText(text, { exact: true }).filter({ visible: true });

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the kernels below three applications split and merge, by keyboard', async ({ page }) => {
    await page.goto('');
    await expect(kind(page, 'Virtual machine')).toBeChecked();
    await expect(shown(page, 'guest kernel')).toHaveCount(3);
    await kind(page, 'Virtual machine').focus();
    const place = await shown(page, 'database').boundingBox();
    for (const [name, kernel, count] of [
      ['MicroVM', 'small guest kernel', 3],
      ['Sandbox', 'application kernel', 3],
      ['Container', 'the one kernel', 1],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await expect(kind(page, name)).toBeChecked();
      await expect(shown(page, kernel)).toHaveCount(count);
      await expect(drawing(page).getByText(`${name}.`)).toBeVisible();
      const now = await shown(page, 'database').boundingBox();
      expect(now).toEqual(place);
    }
    await expect(crash(page, 'database')).toBeHidden();
  });

  test('a crash stops everything that runs on the kernel, and nothing else @full', async ({
    page,
  }) => {
    await page.goto('');
    await crash(page, 'database').focus();
    await page.keyboard.press('Space');
    await expect(shown(page, 'stopped')).toHaveCount(1);
    await expect(shown(page, 'runs')).toHaveCount(2);
    // A container has no kernel that could have crashed alone.
    await kind(page, 'Container').check();
    await expect(shown(page, 'runs')).toHaveCount(3);
    await crash(page, 'host').check();
    await expect(shown(page, 'stopped')).toHaveCount(3);
    await crash(page, 'host').uncheck();
    await kind(page, 'Virtual machine').check();
    await expect(shown(page, 'stopped')).toHaveCount(1);
    await crash(page, 'host').check();
    await expect(shown(page, 'stopped')).toHaveCount(3);
  });

  test('paper shows both numbered figures, and all texts @full', async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    await page.goto('');
    await expect(shown(page, 'guest kernel')).toHaveCount(3);
    await expect(shown(page, 'the one kernel')).toHaveCount(1);
    await expect(drawing(page).getByRole('radio').filter({ visible: true })).toHaveCount(0);
    for (const name of ['Virtual machine', 'MicroVM', 'Sandbox', 'Container']) {
      await expect(drawing(page).getByText(`${name}.`)).toBeVisible();
    }
  });
});

for (const scheme of ['light', 'dark'] as const) {
  test(`each state has no fault for axe in ${scheme}, and fits 320 pixels @full`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto('');
    for (const name of ['MicroVM', 'Container']) {
      await kind(page, name).check();
      await crash(page, 'host').check();
      const { violations } = await new AxeBuilder({ page }).include('.stacks').analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      await crash(page, 'host').uncheck();
      const own = drawing(page);
      expect(await own.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
        0,
      );
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}
