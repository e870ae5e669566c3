// The strip that shows how a limit on CPU time stops a group.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const chapter = 'chapters/cgroups/';
const strip = (page: Page): Locator => page.locator('course-throttling');
const slider = (page: Page, name: string): Locator =>
  strip(page).getByRole('slider', { name, exact: true });
const words = (page: Page): Locator => strip(page).locator('.words');

test('the sliders change the drawing and its words, by keyboard', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.goto(chapter, { waitUntil: 'networkidle' });
  await expect(words(page)).toContainText('takes 105 ms at best and 180 ms at worst.');
  const waits = strip(page).locator('rect.wait');
  await expect(waits).toHaveCount(5);
  const before = requests.length;
  await slider(page, 'Busy threads').focus();
  await page.keyboard.press('Home');
  await expect(words(page)).toContainText('the group never waits. A request of 30 ms takes 30 ms.');
  await expect(waits).toHaveCount(0);
  // Nothing was loaded for the drawing before its first use.
  expect(requests.slice(before)).toHaveLength(1);
  await slider(page, 'Quota').focus();
  await page.keyboard.press('Home');
  await expect(words(page)).toContainText('the group runs for 10 ms and waits for 90 ms.');
  await expect(slider(page, 'Quota')).toHaveAttribute('aria-valuetext', '10 ms');
  await expect(strip(page).locator('.value').first()).toHaveText('10 ms');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the strip has no fault for axe in ${scheme}, and fits 320 pixels @full`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(chapter);
    const { violations } = await new AxeBuilder({ page }).include('course-throttling').analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const heights = await strip(page)
      .locator('svg text')
      .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThan(9);
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the strip shows the values of the text, and no controls', async ({ page }) => {
    await page.goto(chapter);
    await expect(strip(page).locator('rect.run')).toHaveCount(5);
    await expect(words(page)).toContainText('180 ms at worst');
    await expect(strip(page).getByRole('slider').filter({ visible: true })).toHaveCount(0);
  });
});
