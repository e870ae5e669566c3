// The menu of a cell: copy, edit in place, and share the edited form.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { bar, button, cell } from './page-parts.ts';
import { fullUnless } from './tiers.ts';

const chapter = 'chapters/namespaces/';
const clipboard = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());
const editor = (own: Locator): Locator => own.getByRole('textbox', { name: 'Command 1' });

/** The fragment of a link that anybody could make. */
const linkOf = (commands: string[]): string =>
  `#links:edit=${Buffer.from(JSON.stringify(commands)).toString('base64url')}`;

async function choose(own: Locator, item: string): Promise<void> {
  await button(own, 'More actions').click();
  await button(own, item).click();
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('copies the commands, the commands and output, or the link', async ({ page }) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await choose(links, 'Copy the commands');
  await expect(links.getByText('Copied.')).toBeVisible();
  expect(await clipboard(page)).toBe('ls -1 /proc/self/ns');
  await page.keyboard.press('Escape');
  await expect(button(links, 'More actions')).toBeFocused();
  await choose(links, 'Copy the commands and output');
  await expect(links.getByText('Copied.')).toBeVisible();
  expect(await clipboard(page)).toMatch(/^\$ ls -1 \/proc\/self\/ns\ncgroup\nipc\n[^]*uts\n$/);
  await page.keyboard.press('Escape');
  await choose(links, 'Copy a link to this cell');
  await expect(links.getByText('Copied.')).toBeVisible();
  expect(await clipboard(page)).toBe(new URL('#links', page.url()).href);
});

test('a cell can be edited and run by keyboard, and its printed commands can be restored @full', async ({
  page,
}) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await button(links, 'More actions').focus();
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
  await expect(links).toContainText(
    'The commands were edited, so the output is not compared with the printed output.',
  );
  await expect(links.getByRole('list', { name: /What differs/ })).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).include('#links').analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await button(links, 'Restore the printed commands').click();
  await expect(editor(links)).toHaveCount(0);
  await expect(button(links, 'More actions')).toBeFocused();
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
});

test('Run all counts edited cells separately @full', async ({ page }) => {
  await page.goto('');
  const kernel = cell(page, 'which-kernel');
  await choose(kernel, 'Edit the commands');
  await editor(kernel).fill('echo mine');
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText('1 edited', { timeout: 60_000 });
  await expect(bar(page)).not.toContainText('different');
});

test('a link to an edited form fills the editor, and runs nothing @full', async ({ page }) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await choose(links, 'Edit the commands');
  await editor(links).fill('echo "<b>shared</b>"');
  await button(links, 'Copy a link to the edited commands').click();
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
  ['hidden characters', linkOf(['echo \u202e']), 'contain hidden characters'],
  ['other steps', linkOf(['a', 'b']), 'another version of this cell'],
  ['damage', '#links:edit=%3Cscript%3E', 'damaged'],
] as const) {
  const tag = fullUnless(what === 'hidden characters');
  test(`a link with ${what} is refused with the reason${tag}`, async ({ page }) => {
    await page.goto(`${chapter}${fragment}`);
    const links = cell(page, 'links');
    await expect(links).toContainText(message);
    await expect(editor(links)).toHaveCount(0);
    await expect(links.locator('.command').first()).toHaveText('ls -1 /proc/self/ns');
  });
}
