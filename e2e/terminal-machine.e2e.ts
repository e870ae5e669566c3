// The terminal and the machine: a person and the cells share the machine, which starts and ends.
import { expect, test } from '@playwright/test';
import { bar, button, cell, pidCells } from './page-parts.ts';
import { enter, keyInput, open, screen, seesLine, tab, terminal } from './terminal-parts.ts';

const chapter = 'chapters/pid-namespaces/';

test('typed commands and cells share one machine', async ({ page }) => {
  await open(page, 'chapters/namespaces/');
  await enter(page, 'export PS4=typed; echo set', /^set$/);
  const links = cell(page, 'links');
  await button(links, 'Run in the terminal').click();
  await expect(links).toHaveAttribute('state', 'passed');
  await seesLine(page, /^\$ ls -1 \/proc\/self\/ns$/);
  await expect(keyInput(page)).toBeFocused();
  await enter(page, 'echo $PS4', /^typed$/);
});

test('sessions are tabs; one more can be opened, and ends with its processes @full', async ({
  page,
}) => {
  await open(page);
  await tab(page, 'outside').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'inside')).toBeFocused();
  await expect(tab(page, 'inside')).toHaveAttribute('aria-selected', 'true');
  await button(terminal(page), 'New session').click();
  await expect(tab(page, 'shell 1')).toHaveAttribute('aria-selected', 'true');
  await expect(screen(page)).toContainText('$');
  await page.keyboard.type('sleep 4321\n');
  await seesLine(page, /sleep 4321/);
  await button(terminal(page), 'Side by side').click();
  await keyInput(page).focus();
  await expect(button(terminal(page), 'End session')).toBeHidden();
  await button(terminal(page), 'Side by side').click();
  await tab(page, 'shell 1').click();
  await button(terminal(page), 'End session').click();
  await expect(tab(page, 'shell 1')).toHaveCount(0);
  await tab(page, 'outside').click();
  await keyInput(page).focus();
  await enter(page, 'pgrep -f "sleep 4321" || echo none', /^none$/);
});

test('programs follow the size; cells print as in the text, whatever the size @full', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await open(page);
  await enter(page, 'stty size', /^\d+ 1[5-9]\d$/);
  // The text comes before the next frame. The size still goes ahead of it.
  await button(terminal(page), 'Side by side').evaluate((split: HTMLButtonElement, text) => {
    split.click();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document
      .querySelector('course-terminal textarea[aria-label$="outside"]')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, 'stty size\n');
  await keyInput(page).focus();
  await page.keyboard.press('Enter');
  await seesLine(page, /^\d+ [78]\d$/);
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText(
    `Ran ${pidCells} of ${pidCells} cells: ${pidCells} as printed.`,
    { timeout: 90_000 },
  );
});

test('a cell leaves a person’s program alone, in its own session and in another one @full', async ({
  page,
}) => {
  await open(page);
  await enter(page, 'echo mine > /root/kept; vi', /^~$/);
  await button(cell(page, 'old-proc'), 'Run').click();
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  const same = cell(page, 'two-numbers');
  await button(same, 'Run').click();
  await expect(same).toContainText('"vi" is running in this session. End it first.');
  await expect(same).toHaveAttribute('state', 'not run');
  await keyInput(page).focus();
  await page.keyboard.type(':q!\n');
  // vi discards what is typed while it ends.
  await seesLine(page, /^\$$/);
  await enter(page, 'cat /root/kept', /^mine$/);
});

test('text that is typed while the machine starts is not lost @full', async ({ page }) => {
  await page.goto(chapter);
  await expect(button(page, 'Terminal')).toBeVisible();
  await page.keyboard.press('Control+Backquote');
  await expect(keyInput(page)).toBeFocused();
  await page.keyboard.type('echo early\n');
  await seesLine(page, /^early$/);
  await expect(terminal(page).locator('.problem')).toHaveText('');
});

test('the machine ends and starts again under an open terminal @full', async ({ page }) => {
  await open(page);
  await enter(page, 'echo before', /^before$/);
  await button(bar(page), 'End').click();
  await expect(terminal(page)).toContainText('This session’s machine is off.');
  await button(terminal(page), 'Start it').click();
  await expect(terminal(page).getByText('This session’s machine is off.')).toBeHidden();
  await expect(screen(page)).toContainText('$', { timeout: 60_000 });
  await expect(screen(page)).not.toContainText('before');
  await keyInput(page).focus();
  await enter(page, 'echo after; stty size', /^after$/);
  await expect(screen(page)).not.toContainText('24 80');
});
