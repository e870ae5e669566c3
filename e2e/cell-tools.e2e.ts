// The menu of a cell: copy, edit in place, and share the edited form.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { linkToEdit } from '../src/components/elements/cell-tools/shared-edit.ts';
import { bar, button, cell } from './page-parts.ts';

const chapter = 'chapters/namespaces/';
const clipboard = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());
const editor = (own: Locator): Locator => own.getByRole('textbox', { name: 'Command 1' });

async function choose(own: Locator, item: string): Promise<void> {
  await button(own, 'More').click();
  await button(own, item).click();
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('copies the commands, all, or the link', async ({ page }) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await choose(links, 'Copy the commands');
  await expect(links.getByText('Copied.')).toBeVisible();
  expect(await clipboard(page)).toBe('ls -1 /proc/self/ns\n');
  await page.keyboard.press('Escape');
  await expect(button(links, 'More')).toBeFocused();
  await choose(links, 'Copy commands and output');
  await expect(links.getByText('Copied.')).toBeVisible();
  expect(await clipboard(page)).toMatch(/^\$ ls -1 \/proc\/self\/ns\ncgroup\nipc\n[^]*uts\n$/);
  await page.keyboard.press('Escape');
  await choose(links, 'Copy the link to this cell');
  await expect(links.getByText('Copied.')).toBeVisible();
  expect(await clipboard(page)).toBe(new URL('#links', page.url()).href);
});

test('an edited cell runs as edited, by keyboard, and gives the printed form back', async ({
  page,
}) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await button(links, 'More').focus();
  await page.keyboard.press('Enter');
  await expect(button(links, 'Edit the commands')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(editor(links)).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('echo "edited $((6 * 7))"');
  await expect(links).toContainText('Edited.');
  await page.keyboard.press('Control+Enter');
  await expect(links).toHaveAttribute('state', 'edited');
  await expect(links.locator('.output').first()).toHaveText('edited 42');
  await expect(links).toContainText('You have edited it, so it is not compared with the text.');
  await expect(links.getByRole('list', { name: /What differs/ })).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).include('#links').analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await button(links, 'Show the printed form').click();
  await expect(editor(links)).toHaveCount(0);
  await expect(button(links, 'More')).toBeFocused();
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
});

test('a run of the page counts an edited cell apart', async ({ page }) => {
  await page.goto('');
  const kernel = cell(page, 'which-kernel');
  await choose(kernel, 'Edit the commands');
  await editor(kernel).fill('echo mine');
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText('1 edited', { timeout: 60_000 });
  await expect(bar(page)).not.toContainText('different');
});

test('a link to an edited form fills the editor, and runs nothing', async ({ page }) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await choose(links, 'Edit the commands');
  await editor(links).fill('echo "<b>shared</b>"');
  await button(links, 'Copy a link to this form').click();
  await expect(links.getByText('Copied.')).toBeVisible();
  const link = await clipboard(page);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(editor(links)).toHaveText('echo "<b>shared</b>"');
  await expect(links).toContainText('Read them before you press Run.');
  await expect(links).toHaveAttribute('state', 'idle');
  await expect(links).toBeInViewport();
  await expect(bar(page)).toHaveAttribute('state', 'idle');
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'edited');
  await expect(links.locator('.output').first()).toHaveText('<b>shared</b>');
});

for (const [what, fragment, message] of [
  ['hidden characters', linkToEdit('links', ['echo \u202e']), 'contain hidden characters'],
  ['other steps', linkToEdit('links', ['a', 'b']), 'another version of this cell'],
  ['damage', '#links:edit=%3Cscript%3E', 'damaged'],
] as const) {
  test(`a link with ${what} is refused with the reason`, async ({ page }) => {
    await page.goto(`${chapter}${fragment}`);
    const links = cell(page, 'links');
    await expect(links).toContainText(message);
    await expect(editor(links)).toHaveCount(0);
    await expect(links.locator('.command').first()).toHaveText('ls -1 /proc/self/ns');
  });
}
