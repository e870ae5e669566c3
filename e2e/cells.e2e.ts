// Cells on the built site, with the real machine.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { describeEnd, stopsMachine } from '../src/cells/cell.ts';
import { parseChapter } from '../src/cells/text/chapter.ts';
import { showLine } from '../src/cells/match/pattern.ts';
import { builtPages } from './built-pages.ts';
import { recordOutcomes, recordStates } from './cell-events.ts';
import { changeCell, changeHtml, openWithLongCell } from './changed-page.ts';
import { collectFaults } from './page-faults.ts';
import { bar, button, cell, expectPassed, openDetours } from './page-parts.ts';
import { fullUnless } from './tiers.ts';

/** The page's source, for its cells as the author wrote them. */
const sourceOf = (path: string): string =>
  `content/${path === '' ? 'index' : path.replace(/\/$/, '')}.mdx`;

const chapters = builtPages
  .filter(({ path }) => path !== '404.html')
  .map(({ path }) => ({
    path,
    cells: parseChapter(sourceOf(path), readFileSync(sourceOf(path), 'utf8')),
  }))
  .filter(({ cells }) => cells.length > 0);

const pidChapter = 'chapters/pid-namespaces/';

test('a hidden tab stops the machine’s time until it is shown again @full', async ({ page }) => {
  await page.goto(pidChapter);
  const first = cell(page, 'old-proc');
  await button(first, 'Run').click();
  await expect(first).toHaveAttribute('state', 'passed');
  const show = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const machineBar = page.locator('machine-bar');
  await show(true);
  await expect(machineBar).toHaveAttribute('state', 'paused');
  await show(false);
  await expect(machineBar).toHaveAttribute('state', 'ready');
  await button(cell(page, 'new-proc'), 'Run').click();
  await expect(cell(page, 'new-proc')).toHaveAttribute('state', 'passed');
});

test('a cell runs again without the cells before it @full', async ({ page }) => {
  await page.goto(pidChapter);
  const before = cell(page, 'old-proc');
  const after = cell(page, 'new-proc');
  for (const one of [before, after]) {
    await button(one, 'Run').click();
    await expect(one).toHaveAttribute('state', 'passed');
  }
  const changes = await recordStates(before);
  const outcomes = await recordOutcomes(page);
  await button(after, 'Run').click();
  await expect.poll(outcomes).toEqual(['new-proc passed']);
  // The cell before it did not run again, but its new namespace exists.
  expect(await changes()).toEqual([]);
});

/** `npm test` runs the cells of longer pages only in Node, in its part `verify`. */
const MOST_CELLS = 2;

for (const { path, cells } of chapters) {
  const textTag = fullUnless(path === pidChapter);
  test(`page /${path} contains each verified output, without JavaScript${textTag}`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
    const page = await context.newPage();
    await page.goto(path);
    await expect(page.locator('course-cell')).toHaveCount(cells.length);
    for (const { id, steps } of cells) {
      const shown = await cell(page, id)
        .locator('.step')
        .evaluateAll((blocks) =>
          blocks.map((block) => {
            const text = (selector: string): string | undefined => {
              const part = block.querySelector<HTMLElement>(selector);
              return part?.hidden ? undefined : (part?.textContent ?? undefined);
            };
            return { command: text('.command'), output: text('.output'), status: text('.status') };
          }),
        );
      // An exact comparison, since Playwright's assertions normalize white space.
      expect(shown).toEqual(
        steps.map(({ command, output, status, waits, stops }) => ({
          command,
          output: output.length ? output.map(showLine).join('\n') : undefined,
          status:
            status || waits || stops ? describeEnd(waits ? undefined : status, stops) : undefined,
        })),
      );
      await expect(button(cell(page, id), 'Run')).toBeHidden();
    }
    await expect(bar(page)).toBeHidden();
    await context.close();
  });

  const runTag = fullUnless(cells.length <= MOST_CELLS);
  test(`page /${path}: all cells print the expected output in the browser${runTag}`, async ({
    page,
    baseURL,
  }) => {
    test.setTimeout(60_000 + cells.length * 20_000);
    const faults = collectFaults(page, baseURL ?? '');
    await page.goto(path);
    await openDetours(page);
    await button(bar(page), 'Run all').click();
    for (const { id } of cells.filter(({ skip }) => skip === undefined)) {
      await expectPassed(cell(page, id), 60_000);
      await expect(cell(page, id).getByRole('status')).toContainText('Same as printed.');
    }
    const last = cells.at(-1);
    const stops = last !== undefined && stopsMachine(last);
    await expect(bar(page)).toHaveAttribute('state', stops ? 'stopped' : 'ready');
    expect(faults).toEqual([]);
  });
}

test('no part of the machine is downloaded before Run', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('', { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /machine\/|\.wasm|worker/.test(url))).toEqual([]);
  await button(cell(page, 'which-kernel'), 'Run').click();
  await expect(cell(page, 'which-kernel')).toHaveAttribute('state', 'passed');
  expect(asked.filter((url) => /snapshot-\w+\.bin/.test(url))).toHaveLength(1);
});

test('Run first visibly runs the cells before it @full', async ({ page }) => {
  await page.goto(pidChapter);
  const first = await recordStates(cell(page, 'two-numbers'));
  const then = await recordStates(cell(page, 'signals-outside'));
  const outcomes = await recordOutcomes(page);
  await button(cell(page, 'signals-outside'), 'Run').click();
  await expect.poll(outcomes).toEqual(['two-numbers passed', 'signals-outside passed']);
  expect(await first()).toEqual(['queued', 'running', 'passed']);
  expect(await then()).toEqual(['queued', 'running', 'passed']);
  // It has run on this machine, so it does not run again.
  const output = cell(page, 'two-numbers').locator('.output').first();
  const jobNumber = await output.textContent();
  await button(cell(page, 'zombie'), 'Run').click();
  await expect(cell(page, 'zombie')).toHaveAttribute('state', 'passed');
  await expect(output).toHaveText(jobNumber ?? '');
});

test('a cell that runs again starts from the state before it @full', async ({ page }) => {
  await page.goto(pidChapter);
  const outcomes = await recordOutcomes(page);
  for (let i = 1; i <= 2; i++) {
    await button(cell(page, 'two-numbers'), 'Run').click();
    await expect.poll(outcomes).toEqual(Array(i).fill('two-numbers passed'));
    // Without the return, the shell would name its second job [2].
    await expect(cell(page, 'two-numbers').locator('.output').first()).toHaveText(/^\[1\] \d+$/);
  }
});

test('Stop ends a cell, and Run works again @full', async ({ page }) => {
  const zombie = await openWithLongCell(page);
  await button(zombie, 'Run').click();
  await expect(zombie).toHaveAttribute('state', 'running');
  await button(zombie, 'Stop').click();
  await expect(zombie).toHaveAttribute('state', 'stopped');
  await expect(zombie.getByRole('status')).toContainText('Stopped.');
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  await button(zombie, 'Run').click();
  await expect(zombie).toHaveAttribute('state', 'passed');
});

test('set-up is folded, and can be unfolded without JavaScript', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto('chapters/why-only-then/');
  const command = cell(page, 'image-by-hand').getByText('mkdir /tmp/store');
  await expect(command).toBeHidden();
  await cell(page, 'image-by-hand').getByText('Set-up').click();
  await expect(command).toBeVisible();
  await context.close();
});

test('a part that readers may skip opens when a cell in it prints something else @full', async ({
  page,
}) => {
  const steps = [{ command: 'echo other', output: ['printed'], status: 0 }];
  await changeHtml(page, (html) => changeCell(html, 'limit', (data) => ({ ...data, steps })));
  await page.goto('chapters/namespaces/');
  const limit = cell(page, 'limit');
  await expect(limit).toBeHidden();
  await page.evaluate(() =>
    document.querySelector<HTMLButtonElement>('course-cell#limit .run')?.click(),
  );
  await expect(limit).toHaveAttribute('state', 'differs');
  await expect(limit).toBeVisible();
});

test('Ctrl-C ends an endless step, and the next one runs @full', async ({ page }) => {
  const steps = [
    { command: 'while sleep 0.1; do echo tick; done', output: ['tick', '...'], status: 130 },
    { command: 'echo $?', output: ['130'], status: 0 },
  ];
  await changeHtml(page, (html) =>
    changeCell(html, 'which-kernel', (data) => ({ ...data, steps, interrupt: 'tick' })),
  );
  await page.goto('');
  const kernel = cell(page, 'which-kernel');
  await button(kernel, 'Run').click();
  await expect(kernel).toHaveAttribute('state', 'passed');
  await expect(kernel.locator('.status').first()).toHaveText('Exit status 130');
});

test('Reset shows the printed output and cleans the machine @full', async ({ page }) => {
  await page.goto(pidChapter);
  const first = cell(page, 'two-numbers');
  await button(first, 'Run').click();
  await expect(first).toHaveAttribute('state', 'passed');
  await expect(first.locator('.output').first()).toHaveText(/^\[1\] \d+$/);
  await button(first, 'Reset').click();
  await expect(first).toHaveAttribute('state', 'idle');
  await expect(first.locator('.output').first()).toHaveText('[1] <pid>');
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  // Its process is gone, so the cell after it runs the chain again.
  await button(cell(page, 'signals-outside'), 'Run').click();
  await expect(first).toHaveAttribute('state', 'passed');
  await expect(cell(page, 'signals-outside')).toHaveAttribute('state', 'passed');
});

test('a cell can be run, stopped and reset with the keyboard alone', async ({ page }) => {
  await page.goto(pidChapter);
  const first = cell(page, 'two-numbers');
  await cell(page, 'two-numbers').getByRole('link').focus();
  await page.keyboard.press('Tab');
  await expect(button(first, 'Run')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(first, 'Stop')).toBeFocused();
  await expect(first).toHaveAttribute('state', 'passed');
  await expect(button(first, 'Run')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(button(first, 'Reset')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(first).toHaveAttribute('state', 'idle');
  await expect(button(first, 'Run')).toBeFocused();
});

test('a difference in a long line is shown in a few lines @full', async ({ page }) => {
  await changeHtml(page, (html) =>
    changeCell(html, 'which-kernel', (data) => ({
      ...data,
      steps: [{ command: "head -c 1000000 /dev/zero | tr '\\0' x", output: ['x'], status: 0 }],
    })),
  );
  await page.goto('');
  const kernel = cell(page, 'which-kernel');
  await button(kernel, 'Run').click();
  await expect(kernel).toHaveAttribute('state', 'differs');
  const list = kernel.getByRole('list', { name: 'What differs in output 1' });
  await expect(list).toContainText(/ characters left out/);
  expect((await list.boundingBox())?.height).toBeLessThan(300);
});

test('a difference is described in words, and shown beside the printed output', async ({
  page,
}) => {
  // As if the chapter printed something else.
  await changeHtml(page, (html) => html.replaceAll('i686', 'z80'));
  await page.goto('');
  const kernel = cell(page, 'which-kernel');
  await button(kernel, 'Run').click();
  await expect(kernel).toHaveAttribute('state', 'differs');
  await expect(kernel.getByRole('status')).toContainText('Differs in step 1:');
  const lines = kernel
    .getByRole('list', { name: 'What differs in output 1' })
    .getByRole('listitem');
  await expect(lines).toHaveText([/^printed .*z80/, /^here .*i686/]);
  await expect(kernel.locator('.step').first().getByText('As printed')).toBeVisible();
  await expect(kernel.locator('.step').nth(1).getByText('As printed')).toBeHidden();
  await kernel.locator('.step').first().getByText('As printed').click();
  await expect(kernel.getByRole('group', { name: 'Printed output 1' })).toContainText('z80');
  const { violations } = await new AxeBuilder({ page }).include('#which-kernel').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await kernel.getByRole('link', { name: 'Why outputs vary' }).click();
  await expect(page).toHaveURL(/about\/why-outputs-vary\/#/);
  await expect(page.locator(':target')).toBeVisible();
});
