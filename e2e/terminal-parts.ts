// The terminal of a page, as tests find and use it.
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { button } from './page-parts.ts';

const chapter = 'chapters/pid-namespaces/';

export const terminal = (page: Page): Locator => page.getByRole('region', { name: 'Terminal' });
/** The screen of the selected session. */
export const screen = (page: Page): Locator =>
  terminal(page).locator('.panels > :visible .xterm-rows');
export const tab = (page: Page, name: string): Locator =>
  page.getByRole('tab', { name, exact: true });
export const keyInput = (page: Page): Locator =>
  terminal(page).getByRole('textbox', { name: 'Terminal, session outside' });

/** Opens the terminal by its key, and waits for the prompt. */
export async function open(page: Page, path = chapter): Promise<void> {
  await page.goto(path);
  await expect(button(page, 'Terminal')).toBeVisible();
  await page.keyboard.press('Control+Backquote');
  await expect(screen(page)).toContainText('$', { timeout: 60_000 });
  await expect(keyInput(page)).toBeFocused();
}

/** Types a command, and waits until a line of the screen matches. */
export async function enter(page: Page, command: string, line: RegExp): Promise<void> {
  await page.keyboard.type(`${command}\n`);
  await seesLine(page, line);
}

export async function seesLine(page: Page, line: RegExp): Promise<void> {
  await expect
    .poll(async () => (await screen(page).locator('> div').allInnerTexts()).map((t) => t.trimEnd()))
    .toContainEqual(expect.stringMatching(line));
}
