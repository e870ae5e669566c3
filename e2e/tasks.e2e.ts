// Tasks: solved at their prompt, with hints, values and marks that stay, and their progress as a file.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { basePath } from '../src/site.ts';
import { progressKey } from '../src/with-base.ts';
import { collectFaults } from './page-faults.ts';
import { bar, button, cell } from './page-parts.ts';

const chapter = 'chapters/cgroups/';
const key = progressKey(`${basePath}/`);
const task = (page: Page, id: string): Locator => page.locator(`course-task#${id}`);
const prompt = (own: Locator): Locator =>
  own.getByRole('textbox', { name: 'Try a command in session “outside”' });
const said = (own: Locator): Locator => own.getByRole('status').first();
const done = (own: Locator): Locator => own.getByText('Done', { exact: true });
const mb = async (own: Locator): Promise<string> =>
  /Limit its memory to (\d+) MiB/.exec(await own.innerText())?.[1] ?? '';
const link = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Control groups' });

async function start(page: Page, id: string): Promise<Locator> {
  const own = task(page, id);
  await button(own, 'Start').focus();
  await page.keyboard.press('Enter');
  await expect(said(own)).toContainText('The machine is ready.');
  return own;
}

async function type(own: Locator, command: string): Promise<void> {
  await prompt(own).fill(command);
  await prompt(own).press('Enter');
}

async function expectNoViolations(page: Page, id: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(`#${id}`).analyze();
  expect(violations.map(({ id: rule, nodes }) => `${rule} ${nodes[0]?.html}`)).toEqual([]);
}

test('a task is solved by keyboard, with a hint on the way, and its mark and values stay @full', async ({
  page,
  baseURL,
}) => {
  const faults = collectFaults(page, baseURL ?? '');
  await page.goto(chapter);
  const own = await start(page, 'limit-memory');
  await expect(prompt(own)).toBeFocused();
  await page.keyboard.type('cd /sys/fs/cgroup; mkdir shop; echo 1M > shop/memory.max\n');
  // While the command runs, there are buttons between.
  await expect(own.getByRole('log')).not.toHaveAttribute('aria-busy');
  await page.keyboard.press('Shift+Tab');
  await expect(button(own, 'Check')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(said(own)).toContainText('Not yet. The limit is 1048576 bytes.');
  await expect(button(own, 'Check')).toBeFocused();
  await expectNoViolations(page, 'limit-memory');
  await expect(done(own)).toHaveCount(0);
  const amount = await mb(own);
  await type(own, `echo ${amount}M > shop/memory.max; (sleep 1000 & echo $! > shop/cgroup.procs)`);
  await button(own, 'Check').click();
  await expect(said(own)).toHaveText('Done: all 3 checks passed.');
  await expect(done(own)).toBeVisible();
  await expect(link(page)).toHaveAccessibleDescription('0 of 26 cells run, 1 of 3 tasks done');
  await expectNoViolations(page, 'limit-memory');

  await button(own, 'New values').click();
  await expect(said(own)).toHaveText(/^The goal now has new values: mb \d+\.$/);
  const other = await mb(own);
  expect(other).not.toBe(amount);
  await button(own, 'Check').click();
  await expect(said(own)).toContainText(`${other} MiB is ${other} × 1024 × 1024 bytes`);
  await page.reload();
  await expect(done(own)).toBeVisible();
  await expect(own).toContainText(`Limit its memory to ${other} MiB`);
  await own.getByText('Solutions').click();
  await expect(own.getByRole('group', { name: 'Solution 1' })).toContainText(`echo ${other}M`);
  expect(faults).toEqual([]);
});

test('Start runs the cells before a task, and a check is no change for Undo', async ({ page }) => {
  await page.goto(chapter);
  const own = await start(page, 'stop-the-ticks');
  await expect(cell(page, 'ticking')).toHaveAttribute('state', 'passed');
  const undo = bar(page).getByRole('button', { name: /^Undo/ });
  await expect(undo).toBeEnabled();
  const before = await undo.evaluate(({ outerHTML }) => outerHTML);
  await button(own, 'Check').click();
  await expect(said(own)).toContainText('The group is not frozen.');
  expect(await undo.evaluate(({ outerHTML }) => outerHTML)).toBe(before);
  await expect(cell(page, 'ticking').getByText('no longer in the state')).toBeHidden();
  await type(own, 'echo 1 > /sys/fs/cgroup/ice/cgroup.freeze');
  await button(own, 'Check').click();
  await expect(said(own)).toHaveText('Done: the check passed.');
  await undo.click();
  await button(own, 'Check').click();
  await expect(said(own)).toContainText('The group is not frozen.');
});

test('while a program runs at the prompt, the check says so, and Stop ends a start @full', async ({
  page,
}) => {
  await page.goto(chapter);
  const own = task(page, 'limit-memory');
  // The start lasts until it is stopped.
  const snapshot = /snapshot-\w+\.bin/;
  await page.route(snapshot, () => new Promise<void>(() => {}));
  await button(own, 'Start').click();
  await button(own, 'Stop').click();
  await expect(said(own)).toHaveText('Stopped.');
  await page.unroute(snapshot);
  await start(page, 'limit-memory');
  await button(page, 'Terminal').click();
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await terminal.locator('.xterm-screen').click();
  await page.keyboard.type('sleep 100\n');
  await expect(terminal.locator('.xterm-rows')).toContainText('$ sleep 100');
  await button(own, 'Check').click();
  await expect(said(own)).toContainText('A program is still running in session “outside”');
  await terminal.locator('.xterm-screen').click();
  await page.keyboard.press('Control+c');
  await button(own, 'Check').click();
  await expect(said(own)).toContainText('There is no group shop');
});

test('progress is saved as a file, and added to that of another browser @full', async ({
  page,
  browser,
}) => {
  await page.goto(chapter);
  const text = await task(page, 'limit-memory').getAttribute('data-text');
  const entry = { text, done: true, values: { mb: '64' } };
  const stored = JSON.stringify({ version: 1, pages: { [chapter]: { 'limit-memory': entry } } });
  await page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, stored] as const);
  await page.goto('about/progress/');
  const saving = page.waitForEvent('download');
  await button(page, 'Save as a file').click();
  const path = await (await saving).path();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(JSON.parse(stored));

  const elsewhere = await browser.newContext({
    baseURL: page.url().replace('about/progress/', ''),
  });
  const other = await elsewhere.newPage();
  await other.goto('about/progress/');
  const choosing = other.waitForEvent('filechooser');
  await button(other, 'Load a file').click();
  await (await choosing).setFiles(path);
  await expect(other.getByText('Loaded 1 entry from the file.')).toBeVisible();
  const item = other.getByRole('list', { name: 'Progress' }).getByRole('listitem');
  await expect(item.filter({ hasText: 'Control groups' })).toContainText('1 of 3 tasks done');
  const { violations } = await new AxeBuilder({ page: other }).include('course-progress').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await other.goto(chapter);
  await expect(done(task(other, 'limit-memory'))).toBeVisible();
  await expect(task(other, 'limit-memory')).toContainText('Limit its memory to 64 MiB');
  await elsewhere.close();
});

for (const [what, text, words] of [
  ['no JSON', '<script>alert(1)</script>', 'not JSON'],
  ['of another kind', '{"a":1}', 'no progress in this course'],
  [
    'of another course',
    '{"version":1,"pages":{"x/":{"a":{"text":"1"}}}}',
    'no progress for the current version of this course',
  ],
  ['too large', ' '.repeat(600_000), 'too large'],
] as const) {
  test(`a file that is ${what} is refused with the reason @full`, async ({ page }) => {
    await page.goto('about/progress/');
    const choosing = page.waitForEvent('filechooser');
    await button(page, 'Load a file').click();
    const file = { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await (await choosing).setFiles(file);
    await expect(page.getByText(`Nothing was loaded.`)).toContainText(words);
    expect(await page.evaluate((name) => localStorage.getItem(name), key)).toBeNull();
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a task shows its goal, and its solutions in a fold', async ({ page }) => {
    await page.goto(chapter);
    const own = task(page, 'limit-memory');
    await expect(own).toContainText('Limit its memory to 8 MiB');
    await expect(own.getByRole('button').filter({ visible: true })).toHaveCount(0);
    const solution = own.getByText('echo 8M > shop/memory.max');
    await expect(solution).toBeHidden();
    await own.getByText('Solutions').click();
    await expect(solution).toBeVisible();
  });
});

for (const scheme of ['light', 'dark'] as const) {
  test(`tasks have no fault for axe in ${scheme}, and fit 320 pixels @full`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 320, height: 256 });
    await page.goto(chapter);
    const own = task(page, 'limit-memory');
    await own.getByText('Solutions').click();
    await expectNoViolations(page, 'limit-memory');
    const width = await own.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(width).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}
