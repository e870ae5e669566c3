// The prompt below a cell that has run.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { bar, button, cell } from './page-parts.ts';

const chapter = 'chapters/namespaces/';
const prompt = (own: Locator): Locator =>
  own.getByRole('textbox', { name: 'Try a command in session “outside”' });
const tried = (own: Locator): Locator => own.getByRole('log', { name: 'Your commands' });

/** Types a command at the prompt of a cell. */
async function tryCommand(own: Locator, command: string): Promise<void> {
  await prompt(own).fill(command);
  await prompt(own).press('Enter');
}

async function runFirst(page: Page): Promise<Locator> {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await expect(prompt(links)).toHaveCount(0);
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
  await expect(prompt(links)).toBeVisible();
  return links;
}

test('a command runs in the cell’s session, by keyboard, and leaves the cell’s result', async ({
  page,
}) => {
  const links = await runFirst(page);
  await prompt(links).focus();
  await page.keyboard.type('x=tried; echo $x; false\n');
  await expect(tried(links)).toContainText('tried\n');
  await expect(tried(links)).toContainText('Exit status 1');
  await expect(prompt(links)).toBeFocused();
  await expect(prompt(links)).toHaveValue('');
  await page.keyboard.type('echo again: $x\n');
  await expect(tried(links)).toContainText('again: tried');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(prompt(links)).toHaveValue('x=tried; echo $x; false');
  await expect(links).toHaveAttribute('state', 'passed');
  // The cell runs again on the machine as it is now.
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
  await prompt(links).fill('echo still: $x');
  await button(links, 'Try').click();
  await expect(tried(links)).toContainText('still: tried');
  const { violations } = await new AxeBuilder({ page }).include('#links').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await button(links, 'Reset').click();
  await expect(prompt(links)).toHaveCount(0);
});

test('a command that does not end can be interrupted, and seen in the terminal @full', async ({
  page,
}) => {
  const links = await runFirst(page);
  await tryCommand(links, 'sleep 1000');
  await button(tried(links), 'Press Ctrl-C').click();
  await expect(tried(links)).toContainText('Exit status 130');
  await tryCommand(links, 'top');
  await expect(tried(links)).toContainText('“top” is still running.');
  await button(tried(links), 'Show in the terminal').click();
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await expect(terminal.locator('.xterm-rows')).toContainText('load average');
  await page.keyboard.press('q');
  await expect(tried(links)).not.toContainText('is still running');
});

test('Stop in the bar ends a typed command; after End, the prompt says that the machine is off @full', async ({
  page,
}) => {
  const links = await runFirst(page);
  await tryCommand(links, "trap '' INT; sleep 1000");
  await expect(tried(links)).toContainText('Running.');
  await button(bar(page), 'Stop').click();
  await expect(tried(links)).toContainText('Stopped.');
  await button(bar(page), 'End').click();
  await expect(bar(page)).toHaveAttribute('state', 'idle');
  await tryCommand(links, 'echo x');
  await expect(tried(links)).toContainText('The machine is off. Run the cell to start it.');
});

test('a program that waits for input receives lines, even an empty one, and can be ended @full', async ({
  page,
}) => {
  const links = await runFirst(page);
  await tryCommand(links, 'read -p "press enter " x; echo "got <$x>"; cat');
  await expect(tried(links)).toContainText('Type the program’s input below, or end the program.');
  await prompt(links).press('Enter');
  await expect(tried(links)).toContainText('got <>');
  await tryCommand(links, ' text');
  await button(links, 'Run').click();
  await expect(links).toContainText('Your last command is waiting for input in this session.');
  await button(tried(links), 'Press Ctrl-C').click();
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
});
