// Undo, and runs up to the end of a section.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { bar, button, cell, expectPassed } from './page-parts.ts';

const chapter = 'chapters/namespaces/';

const prompt = (own: Locator): Locator =>
  own.getByRole('textbox', { name: 'Try a command in session “outside”' });
const tried = (own: Locator): Locator => own.getByRole('log', { name: 'Your commands' });

async function runFirst(page: Page): Promise<Locator> {
  await page.goto(chapter);
  await expect(button(bar(page), 'Undo')).toBeHidden();
  const links = cell(page, 'links');
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
  return links;
}

async function tryCommand(own: Locator, command: string, output: string): Promise<void> {
  await prompt(own).fill(command);
  await prompt(own).press('Enter');
  await expect(tried(own)).toContainText(output);
}

const undo = (page: Page): Locator => button(bar(page), 'Undo');

test('Undo returns to the state before each command and each cell, by keyboard', async ({
  page,
}) => {
  const links = await runFirst(page);
  await tryCommand(links, 'touch /tmp/one && ls /tmp/one', '/tmp/one\n');
  await tryCommand(links, 'rm -rf /etc; ls -d /etc', "ls: cannot access '/etc'");
  await expect(undo(page)).toHaveAttribute('title', 'Undo “rm -rf /etc; ls -d /etc”');
  await undo(page).focus();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('Undone: “rm -rf /etc');
  await expect(undo(page)).toBeFocused();
  await tryCommand(links, 'ls -d /etc /tmp/one', '/etc\n/tmp/one\n');
  await undo(page).click();
  await expect(bar(page)).toContainText('Undone: “ls -d /etc');
  await undo(page).click();
  await expect(bar(page)).toContainText('Undone: “touch /tmp/one');
  await tryCommand(links, 'ls /tmp/one || echo gone', 'gone\n');
  await undo(page).click();
  await expect(undo(page)).toHaveAttribute('title', 'Undo “The namespaces of a process”');
  // The second press of a pair comes while the machine returns, and does nothing.
  await undo(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(undo(page)).toBeHidden();
  await expect(bar(page)).toContainText('Undone: “The namespaces of a process”.');
  // No button has taken the focus, so a further press runs nothing.
  await expect(bar(page)).toBeFocused();
  await expect(links).toContainText('The machine is no longer in the state in which this ran.');
});

test('Undo returns to the state before a panic, and before a reset @full', async ({ page }) => {
  const links = await runFirst(page);
  await tryCommand(links, 'touch /tmp/one && ls /tmp/one', '/tmp/one\n');
  await prompt(links).fill('echo c > /proc/sysrq-trigger');
  await prompt(links).press('Enter');
  await expect(bar(page)).toHaveAttribute('state', 'stopped');
  await expect(bar(page)).toContainText('The kernel panicked. Press Undo');
  await expect(button(bar(page), 'Start again')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('machine-bar').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await undo(page).click();
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  await tryCommand(links, 'ls -d /tmp/one', '/tmp/one\n');
  await button(bar(page), 'Reset').click();
  await expect(links).toHaveAttribute('state', 'idle');
  await expect(undo(page)).toHaveAttribute('title', 'Undo the reset');
  await undo(page).click();
  await button(cell(page, 'links'), 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
  await tryCommand(links, 'ls -d /tmp/one', '/tmp/one\n');
});

test('after a panic, Run starts the machine again @full', async ({ page }) => {
  const links = await runFirst(page);
  await prompt(links).fill('echo c > /proc/sysrq-trigger');
  await prompt(links).press('Enter');
  await expect(bar(page)).toHaveAttribute('state', 'stopped');
  await button(links, 'Run').click();
  await expect(links).toHaveAttribute('state', 'passed');
});

test('a machine that does not answer is named, and Undo repairs it @full', async ({ page }) => {
  const links = await runFirst(page);
  await prompt(links).fill('bomb() { bomb | bomb & }; bomb');
  await prompt(links).press('Enter');
  await expect(bar(page)).toContainText('has not responded for 5 seconds', { timeout: 60_000 });
  await undo(page).click();
  await expect(bar(page)).toContainText('Undone: “bomb() { bomb | bomb & }; bomb”.');
  await tryCommand(links, 'pgrep -c bash', '1\n');
});

test('the menu of a cell runs the page up to the end of its section @full', async ({ page }) => {
  await page.goto(chapter);
  const links = cell(page, 'links');
  await button(links, 'More actions').click();
  await button(links, 'Run all cells up to the end of this section').click();
  await expect(bar(page)).toContainText(/Ran \d+ of \d+ cells: \d+ as printed/);
  const shown = await page
    .locator('.sl-markdown-content :is(h2, course-cell)')
    .evaluateAll((all) =>
      all.map(({ id, attributes }) => [id, attributes.getNamedItem('state')?.value]),
    );
  const at = shown.findIndex(([id]) => id === 'links');
  const end = shown.findIndex(([, state], i) => i > at && state === undefined);
  const states = shown.map(([, state]) => state);
  expect(states.slice(0, end)).not.toContain('idle');
  expect(states.slice(end)).not.toContain('passed');
  await expectPassed(links, 1000);
});

test('a cell that crashes the kernel passes, the bar says what happened, and Undo repairs it @full', async ({
  page,
}) => {
  await page.goto('about/break-it/');
  const memory = cell(page, 'memory');
  await button(memory, 'Run').click();
  await expectPassed(memory, 120_000);
  await expect(bar(page)).toContainText(
    /The machine ran out of memory\. The kernel killed process \d+ \(awk\)\./,
  );
  const panic = cell(page, 'panic');
  await button(panic, 'Run').click();
  await expectPassed(panic, 30_000);
  await expect(panic).toContainText('The machine stops.');
  await expect(bar(page)).toHaveAttribute('state', 'stopped');
  await expect(bar(page)).not.toContainText('killed process');
  await undo(page).click();
  await expect(bar(page)).toContainText('Undone: “Crash the kernel”.');
  await button(panic, 'Run').click();
  await expectPassed(panic, 30_000);
});
