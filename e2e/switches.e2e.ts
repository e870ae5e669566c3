// Switches, which show and hide parts of a page without scripts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const switches = (page: Page, title: string): Locator =>
  page.locator('.switches').filter({ has: page.getByRole('group', { name: title }) });

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('several switches change the command and the table, by keyboard', async ({ page }) => {
    await page.goto('chapters/namespaces/');
    const own = switches(page, 'New namespaces for the shell');
    const command = own.locator('code').first();
    await expect(command).toHaveText(/^unshare\s+bash$/, { useInnerText: true });
    await expect(own.getByText('The name is box as well.')).toBeVisible();
    await own.getByRole('checkbox', { name: 'UTS' }).focus();
    await page.keyboard.press('Space');
    await own.getByRole('checkbox', { name: 'time' }).check();
    await expect(command).toHaveText('unshare --uts --fork --time bash', { useInnerText: true });
    await expect(own.getByText('The name is box as well.')).toBeHidden();
    await expect(own.getByText('The name is machine.')).toBeVisible();
  });

  test('of a choice of one, only one part is shown', async ({ page }) => {
    await page.goto('chapters/virtual-machines/');
    const own = switches(page, 'A program calls …');
    await expect(own.getByText('copies the name of the system.')).toBeVisible();
    await own.getByRole('radio', { name: 'uname' }).focus();
    await page.keyboard.press('ArrowUp');
    await expect(own.getByText('one for each access to a port')).toBeVisible();
    await expect(own.getByText('copies the name of the system.')).toBeHidden();
  });

  test('a process ends with number 1 of each namespace that it is in', async ({ page }) => {
    await page.goto('chapters/pid-namespaces/');
    const own = switches(page, 'End a process');
    const job = own.getByRole('row').filter({ hasText: 'a job' });
    const server = own.getByRole('row').filter({ hasText: 'a server' });
    await expect(job).toHaveText(/91\s+4\s+2$/, { useInnerText: true });
    await own.getByRole('checkbox').nth(1).check();
    await expect(job).toHaveText(/–\s+–\s+–$/, { useInnerText: true });
    await expect(server).toHaveText(/82\s+2\s+–$/, { useInnerText: true });
    await own.getByRole('checkbox').nth(1).uncheck();
    await own.getByRole('checkbox').first().check();
    await expect(job).toHaveText(/–\s+–\s+–$/, { useInnerText: true });
    await expect(server).toHaveText(/–\s+–\s+–$/, { useInnerText: true });
  });
});

for (const path of ['namespaces', 'containers', 'pid-namespaces', 'virtual-machines']) {
  test(`the switches of ${path} have no fault for axe, and fit 320 pixels`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`chapters/${path}/`);
    const { violations } = await new AxeBuilder({ page }).include('.switches').analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}
