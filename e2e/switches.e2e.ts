// Switches, which show and hide parts of a page without scripts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { button } from './page-parts.ts';
import { enter, keyInput, seesLine } from './terminal-parts.ts';

const switches = (page: Page, title: string): Locator =>
  page.locator('.switches').filter({ has: page.getByRole('group', { name: title }) });

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('several switches change the command and the table, by keyboard', async ({ page }) => {
    await page.goto('chapters/namespaces/');
    const own = switches(page, 'New namespaces for the shell');
    const command = own.locator('course-command .line');
    const hostname = own.getByRole('row').filter({ hasText: 'hostname box' });
    await expect(command).toHaveText(/^unshare\s+bash$/, { useInnerText: true });
    await expect(hostname).toHaveText(/box\s+box as well$/, { useInnerText: true });
    await own.getByRole('checkbox', { name: 'UTS' }).focus();
    await page.keyboard.press('Space');
    await own.getByRole('checkbox', { name: 'time' }).check();
    await expect(command).toHaveText('unshare --uts --fork --time bash', { useInnerText: true });
    await expect(hostname).toHaveText(/box\s+machine$/, { useInnerText: true });
    // Without a UTS namespace of its own, the shell's user namespace has no rights over the name.
    await own.getByRole('checkbox', { name: 'UTS' }).uncheck();
    await own.getByRole('checkbox', { name: 'user' }).check();
    await expect(hostname).toHaveText(/an error: .*\s+machine$/, { useInnerText: true });
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

  test('a process ends with PID 1 of each namespace that it is in @full', async ({ page }) => {
    await page.goto('chapters/pid-namespaces/');
    const own = switches(page, 'End a process');
    const job = own.getByRole('row').filter({ hasText: 'job' });
    const server = own.getByRole('row').filter({ hasText: 'server' });
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

test('the chosen command is typed in the terminal, and does what the table says @full', async ({
  page,
}) => {
  await page.goto('chapters/namespaces/');
  const own = switches(page, 'New namespaces for the shell');
  await own.getByRole('checkbox', { name: 'UTS' }).check();
  await own.getByRole('checkbox', { name: 'PID' }).check();
  await button(own, 'Type it in the terminal').click();
  await seesLine(page, /^\$ unshare --uts --pid --fork bash$/);
  await expect(keyInput(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await enter(page, 'hostname box; hostname; echo $$', /^1$/);
  await seesLine(page, /^box$/);
  await enter(page, 'exit', /^exit$/);
  await enter(page, 'hostname', /^machine$/);
});

for (const path of ['namespaces', 'containers', 'pid-namespaces', 'virtual-machines']) {
  test(`the switches of ${path} have no fault for axe, and fit 320 pixels @full`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`chapters/${path}/`);
    const { violations } = await new AxeBuilder({ page }).include('.switches').analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}
