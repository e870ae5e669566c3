// Questions of cells: the reader predicts what a step prints, and sees the output then.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { basePath } from '../src/site.ts';
import { bar, button, cell, pidCells } from './page-parts.ts';

const pids = 'chapters/pid-namespaces/';
const namespaces = 'chapters/namespaces/';
const output = (own: Locator, number: number): Locator =>
  own.getByRole('group', { name: `Output ${number}`, exact: true });
const said = (own: Locator): Locator =>
  own.getByRole('paragraph').filter({ hasText: 'Your answer' });
const question = 'Which PIDs does /proc show for this process in here?';
const typed = 'reader created this file. Which owner does stat print inside?';

async function axe(page: Page, id: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(`#${id}`).analyze();
  return violations.map((fault) => `${fault.id} ${fault.nodes[0]?.html}`);
}

/** Opens the question of a cell by keyboard. */
async function openQuestion(page: Page, own: Locator): Promise<void> {
  await own.locator('.predict > summary').focus();
  await page.keyboard.press('Enter');
}

test('Run asks first; then the answer stands beside the output, until Reset', async ({ page }) => {
  await page.goto(pids);
  const own = cell(page, 'numbers-inside');
  await expect(output(own, 1)).toBeVisible();
  await expect(output(own, 2)).toBeHidden();
  await button(own, 'Run').focus();
  await page.keyboard.press('Enter');
  const choices = own.getByRole('group', { name: question });
  const first = choices.getByRole('radio', { name: 'NSpid: 71 3', exact: true });
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription(
    'The cell has not run yet. Answer, or run it without an answer.',
  );
  await expect(own).toHaveAttribute('state', 'idle');
  await expect(output(own, 2)).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(own).toHaveAttribute('state', 'passed');
  await expect(choices).toHaveCount(0);
  await expect(said(own)).toHaveText('Your answer NSpid: 3 ✓ correct');
  await expect(own.getByText('Output', { exact: true })).toBeVisible();
  await expect(output(own, 2)).toHaveText('NSpid: 3');
  await expect(button(own, 'Run')).toBeFocused();
  await button(own, 'Reset').click();
  await expect(own).toHaveAttribute('state', 'idle');
  await expect(output(own, 2)).toBeHidden();
  await expect(said(own)).toHaveCount(0);
  await button(own, 'Run').click();
  await button(own, 'Run without answering').click();
  await expect(own).toHaveAttribute('state', 'passed');
  await expect(output(own, 2)).toBeVisible();
  await expect(said(own)).toHaveCount(0);
});

test('the question opens by keyboard, and starts no machine; a wrong choice is named', async ({
  page,
}) => {
  await page.goto(pids);
  const own = cell(page, 'numbers-inside');
  await openQuestion(page, own);
  await expect(own.getByRole('radio').first()).toBeFocused();
  // Nothing is chosen yet.
  await button(own, 'Answer').click();
  await expect(output(own, 2)).toBeHidden();
  await own.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(said(own)).toHaveText('Your answer NSpid: 71 3 ✗ The correct answer is “NSpid: 3”.');
  await expect(said(own)).toBeFocused();
  await expect(output(own, 2)).toHaveText('NSpid: 3');
  await expect(bar(page)).toHaveAttribute('state', 'idle');
});

test('a typed answer is called right only if the step prints it, and stays for the next visit @full', async ({
  page,
}) => {
  await page.goto(namespaces);
  const own = cell(page, 'user-inside');
  await openQuestion(page, own);
  const field = own.getByRole('group', { name: typed }).getByRole('textbox');
  await expect(field).toBeFocused();
  await page.keyboard.type('  <b>nobody</b> ');
  await page.keyboard.press('Enter');
  await expect(said(own)).toHaveText('Your answer <b>nobody</b>');
  await page.reload();
  await expect(said(own)).toHaveText('Your answer <b>nobody</b>');
  await expect(output(own, 2)).toBeVisible();
  await page.goto('about/progress/');
  await button(page, 'Delete my progress').click();
  await button(page, 'Delete').click();
  await page.goto(namespaces);
  await openQuestion(page, own);
  await field.fill('root');
  await page.keyboard.press('Enter');
  await expect(said(own)).toHaveText('Your answer root ✓ matches the output');
});

test('typed text stays when Run is pressed, and an answer stays when the start fails @full', async ({
  page,
}) => {
  await page.route('**/machine/**', (route) => route.abort());
  await page.goto(namespaces);
  const own = cell(page, 'user-inside');
  await openQuestion(page, own);
  const field = own.getByRole('group', { name: typed }).getByRole('textbox');
  await field.fill('root');
  await button(own, 'Run').click();
  await expect(field).toHaveValue('root');
  await button(own, 'Answer and run').click();
  await expect(own).toHaveAttribute('state', 'blocked');
  await page.unroute('**/machine/**');
  await button(bar(page), 'Start again').click();
  await expect(bar(page)).toHaveAttribute('state', 'ready', { timeout: 60_000 });
  await expect(own).toHaveAttribute('state', 'idle');
  await expect(said(own)).toHaveText('Your answer root ✓ matches the output');
});

test('Run all asks nothing, and shows no output whose question is open @full', async ({ page }) => {
  await page.goto(pids);
  const own = cell(page, 'numbers-inside');
  await button(bar(page), 'Run all').click();
  await expect(own).toHaveAttribute('state', 'passed', { timeout: 60_000 });
  await expect(output(own, 2)).toBeHidden();
  await openQuestion(page, own);
  await button(own, 'Show without answering').click();
  await expect(output(own, 2)).toHaveText('NSpid: 3');
  await expect(own.locator('.predict > summary')).toBeFocused();
  await expect(bar(page)).toContainText(
    `Ran ${pidCells} of ${pidCells} cells: ${pidCells} as printed.`,
    { timeout: 60_000 },
  );
});

test('a question that waits for a run no longer does once the cell runs @full', async ({
  page,
}) => {
  await page.goto(pids);
  const own = cell(page, 'numbers-inside');
  await button(own, 'Run').click();
  await own.getByRole('radio', { name: 'NSpid: 3', exact: true }).check();
  await button(bar(page), 'Run all').click();
  await expect(own).toHaveAttribute('state', 'passed', { timeout: 60_000 });
  await expect(own.getByRole('radio').first()).toHaveAccessibleDescription(
    'Answer, then see the output.',
  );
  await button(own, 'Answer').click();
  await expect(said(own)).toHaveText('Your answer NSpid: 3 ✓ correct');
  await expect(said(own)).toBeFocused();
});

test('edited commands have no questions @full', async ({ page }) => {
  await page.goto(namespaces);
  const own = cell(page, 'user-inside');
  await button(own, 'Run').click();
  await button(own, 'More actions').click();
  await button(own, 'Edit the commands').click();
  await expect(output(own, 2)).toBeHidden();
  await own.getByRole('textbox', { name: 'Command 2' }).fill('echo mine');
  await button(own, 'Run').click();
  await expect(own).toHaveAttribute('state', 'edited');
  await expect(output(own, 2)).toHaveText('mine');
  await button(own, 'Restore the printed commands').click();
  await openQuestion(page, own);
  await expect(own.getByRole('textbox', { name: 'Your answer' })).toHaveAccessibleDescription(
    'Answer, then see the output.',
  );
});

test.describe('copies', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('leave out an output until its question is answered @full', async ({ page }) => {
    await page.goto(pids);
    const own = cell(page, 'numbers-inside');
    const copy = async (): Promise<string> => {
      await button(own, 'More actions').click();
      await button(own, 'Copy the commands and output').click();
      await expect(own.getByText('Copied.')).toBeVisible();
      await page.keyboard.press('Escape');
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copy()).toBe('$ sleep 2000 &\n[1] <pid>\n$ grep NSpid /proc/$!/status\n');
    await openQuestion(page, own);
    await button(own, 'Show without answering').click();
    expect(await copy()).toMatch(/status\nNSpid:\t3\n$/);
  });
});

test('the search knows the question, and not its answer @full', async ({ page }) => {
  await page.goto('');
  const content = await page.evaluate(async (address) => {
    interface Found {
      results: { data(): Promise<{ url: string; content: string }> }[];
    }
    const script = `${address}/pagefind/pagefind.js`;
    const { search } = (await import(script)) as { search(text: string): Promise<Found> };
    const { results } = await search('interrupts');
    const pages = await Promise.all(results.map((result) => result.data()));
    return pages.find(({ url }) => url.includes('virtual-machines'))?.content;
  }, basePath);
  expect(content).toContain('How many disk interrupts did these twenty thousand');
  expect(content).toContain('10000+0 records out');
  expect(content).not.toContain('Files /tmp/before and - are identical');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a question is accessible in ${colorScheme}, before and after its answer @full`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(pids);
    const own = cell(page, 'numbers-inside');
    expect(await axe(page, 'numbers-inside')).toEqual([]);
    await openQuestion(page, own);
    await own.getByRole('radio').last().check();
    expect(await axe(page, 'numbers-inside')).toEqual([]);
    await button(own, 'Answer').click();
    await expect(said(own)).toBeVisible();
    expect(await axe(page, 'numbers-inside')).toEqual([]);
  });
}

test('a question that does not load gives way to the output @full', async ({ page }) => {
  await page.route(/questions\..*\.js$/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(pids);
  const own = cell(page, 'numbers-inside');
  await openQuestion(page, own);
  await expect(output(own, 2)).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a question opens to the output', async ({ page }) => {
    await page.goto(pids);
    const own = cell(page, 'numbers-inside');
    await expect(own.getByText('NSpid: 71 3')).toBeVisible();
    await expect(output(own, 2)).toBeHidden();
    await own.locator('.predict > summary').click();
    await expect(output(own, 2)).toBeVisible();
  });
});
