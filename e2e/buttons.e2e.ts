// Each button acts on the cell or bar that contains it, and progress is visible.
import { expect, test } from '@playwright/test';
import { recordStates, recordTexts } from './cell-events.ts';
import { changeCell, changeHtml, openWith, openWithLongCell } from './changed-page.ts';
import { bar, button, cell, pidCells } from './page-parts.ts';

const chapter = 'chapters/pid-namespaces/';

test('a double click on Run runs the cell @full', async ({ page }) => {
  await page.goto(chapter);
  const states = await recordStates(cell(page, 'old-proc'));
  await button(cell(page, 'old-proc'), 'Run').dblclick();
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  expect(await states()).not.toContain('stopped');
});

test('a held Enter on Run runs the cell @full', async ({ page }) => {
  await page.goto(chapter);
  const states = await recordStates(cell(page, 'old-proc'));
  await button(cell(page, 'old-proc'), 'Run').focus();
  // Each `down` without an `up` repeats the key.
  for (let i = 0; i < 4; i++) await page.keyboard.down('Enter');
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  await page.keyboard.down('Enter');
  expect(await states()).toEqual(['queued', 'running', 'passed']);
});

test('a held Enter on Run all runs the cells @full', async ({ page }) => {
  await page.goto('');
  const states = await recordStates(cell(page, 'which-kernel'));
  await button(bar(page), 'Run all').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.down('Enter');
  await expect(cell(page, 'which-kernel')).toHaveAttribute('state', 'passed');
  expect(await states()).toEqual(['queued', 'running', 'passed']);
});

test('a double click on Run all does not cancel the start, and one on End does not run @full', async ({
  page,
}) => {
  await page.goto('');
  const states = await recordStates(cell(page, 'which-kernel'));
  await button(bar(page), 'Run all').dblclick();
  await expect(cell(page, 'which-kernel')).toHaveAttribute('state', 'passed');
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  await button(bar(page), 'End').dblclick();
  await expect(bar(page)).toHaveAttribute('state', 'idle');
  expect(await states()).toEqual(['queued', 'running', 'passed']);
});

test('Stop on a queued cell removes that cell from the queue, and the running one continues', async ({
  page,
}) => {
  const steps = [{ command: 'sleep 1000', output: [], status: 0 }];
  await changeHtml(page, (html) =>
    changeCell(html, 'first-process', (data) => ({ ...data, steps, timeout: 600 })),
  );
  await page.goto(chapter);
  const [running, queued] = [cell(page, 'first-process'), cell(page, 'old-proc')];
  await button(running, 'Run').click();
  await expect(running).toHaveAttribute('state', 'running');
  await button(queued, 'Run').click();
  await expect(queued).toHaveAttribute('state', 'queued');
  await button(queued, 'Stop').click();
  await expect(queued).toHaveAttribute('state', 'idle');
  await expect(running).toHaveAttribute('state', 'running');
  await button(running, 'Stop').click();
  await expect(running).toHaveAttribute('state', 'stopped');
  await expect(queued).toHaveAttribute('state', 'idle');
});

test('Reset on a cell resets that cell, and marks what ran after it @full', async ({ page }) => {
  await page.goto(chapter);
  for (const id of ['two-numbers', 'signals-outside', 'old-proc']) {
    await button(cell(page, id), 'Run').click();
    await expect(cell(page, id)).toHaveAttribute('state', 'passed');
  }
  await button(cell(page, 'signals-outside'), 'Reset').click();
  await expect(cell(page, 'signals-outside')).toHaveAttribute('state', 'idle');
  await expect(cell(page, 'two-numbers')).toHaveAttribute('state', 'passed');
  await expect(cell(page, 'two-numbers').getByText('no longer in the state')).toBeHidden();
  await expect(cell(page, 'old-proc').getByText('no longer in the state')).toBeVisible();
});

test('a cell whose predecessor failed names that cell and links to it @full', async ({ page }) => {
  const steps = [{ command: 'sleep 100', output: [], status: 0 }];
  await changeHtml(page, (html) =>
    changeCell(html, 'two-numbers', (data) => ({ ...data, steps, timeout: 1 })),
  );
  await page.goto(chapter);
  const wanted = cell(page, 'signals-outside');
  await button(wanted, 'Run').click();
  await expect(wanted).toHaveAttribute('state', 'blocked');
  await expect(wanted.getByRole('status')).toContainText(
    'Not run: “One process, two numbers” failed.',
  );
  await wanted.getByRole('link', { name: 'Go to “One process, two numbers”' }).click();
  await expect(cell(page, 'two-numbers')).toBeFocused();
  await expect(cell(page, 'two-numbers')).toBeInViewport();
  await expect(cell(page, 'two-numbers')).toHaveAttribute('state', 'timed out');
});

test('Run all counts, and ends with a verdict that links to the differing cells @full', async ({
  page,
}) => {
  await changeHtml(page, (html) =>
    changeCell(html, 'old-proc', (data) => ({
      ...data,
      steps: [{ command: 'echo other', output: ['printed'], status: 0 }],
    })),
  );
  await page.goto(chapter);
  await button(bar(page), 'Run all').focus();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText(new RegExp(`Running ${pidCells} cells, [1-9]\\d? done\\.`));
  expect(await bar(page).evaluate((element) => element.contains(document.activeElement))).toBe(
    true,
  );
  await expect(bar(page)).toContainText(
    new RegExp(`Ran ${pidCells} of ${pidCells} cells: \\d+ as printed, \\d+ different\\.`),
    { timeout: 120_000 },
  );
  await bar(page).getByRole('link', { name: 'A shell with an old /proc' }).press('Enter');
  await expect(cell(page, 'old-proc')).toBeFocused();
  await expect(cell(page, 'old-proc')).toBeInViewport();
});

test('during a run of the whole page only the bar speaks, then each cell again @full', async ({
  page,
}) => {
  await page.goto('chapters/virtual-machines/');
  const heard = await page.evaluateHandle(() => {
    const texts: string[] = [];
    for (const region of document.querySelectorAll('machine-bar, course-cell')) {
      const status = region.querySelector('[role="status"]');
      if (!status) continue;
      new MutationObserver(() => {
        if (status.ariaLive !== 'off') texts.push(`${region.id || 'bar'}: ${status.textContent}`);
      }).observe(status, { childList: true });
    }
    return texts;
  });
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText('Ran 8 of 8 cells', { timeout: 120_000 });
  const texts = await heard.jsonValue();
  // The words for a run load at the first run, while the machine is downloaded.
  const start = 'bar: Running 8 cells, 0 done.';
  const at = texts.indexOf(start);
  expect(at).toBeGreaterThanOrEqual(0);
  expect(at).toBeLessThan(texts.indexOf('bar: The machine is ready.'));
  // A fast download is complete before its half is announced.
  const half = 'bar: Half of the machine is downloaded.';
  expect(texts.filter((text) => text !== start && text !== half)).toEqual([
    'bar: Downloading the machine.',
    'bar: The machine is ready.',
    'bar: Running 8 cells, 4 done.',
    'bar: Ran 8 of 8 cells: 8 as printed.',
  ]);
  const first = page.locator('course-cell').first();
  const id = (await first.getAttribute('id')) ?? '';
  await button(first, 'Run').click();
  await expect
    .poll(async () => (await heard.jsonValue()).at(-1))
    .toMatch(new RegExp(`^${id}: Ran in .* Same as printed\\.$`));
});

test('while a cell runs, the page does not jump, and the time is shown @full', async ({ page }) => {
  const zombie = await openWithLongCell(page);
  const heights = await page.evaluateHandle(() => {
    const seen: number[] = [];
    const look = (): void => {
      seen.push(document.documentElement.scrollHeight);
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  await button(zombie, 'Run').click();
  await expect(zombie).toHaveAttribute('state', 'running');
  await expect(zombie.locator('.elapsed')).toHaveText(/^\d s$/);
  await expect(zombie).toHaveAttribute('state', 'passed');
  const seen = await heights.jsonValue();
  expect(Math.min(...seen)).toBeGreaterThanOrEqual((seen[0] ?? 0) - 2);
});

test('a flood of output is drawn a few kilobytes a frame, and Stop ends it @full', async ({
  page,
}) => {
  const flood = await openWith(page, 'yes');
  await button(flood, 'Run').click();
  await expect(flood).toHaveAttribute('state', 'running');
  const drawn = await flood.evaluateHandle((element) => {
    const seen: number[] = [];
    const text = element.querySelector('.output samp');
    new MutationObserver(() => seen.push(text?.textContent?.length ?? 0)).observe(element, {
      childList: true,
      subtree: true,
    });
    return seen;
  });
  await expect.poll(async () => (await drawn.jsonValue()).length).toBeGreaterThan(3);
  const seen = await drawn.jsonValue();
  expect(Math.max(...seen)).toBeLessThanOrEqual(8000);
  await button(flood, 'Stop').click();
  await expect(flood).toHaveAttribute('state', 'stopped');
});

test('the live region of the bar announces the start, half and end of a download, and nothing in between @full', async ({
  page,
}) => {
  await page.goto('');
  // The snapshot is more than half of the download. The rest waits until the half has been announced.
  const engine = Promise.withResolvers<undefined>();
  await page.route(/v86\.[\w-]+\.wasm/, (route) => engine.promise.then(() => route.continue()));
  const snapshot = Promise.withResolvers<undefined>();
  await page.route(/snapshot-\w+\.bin/, (route) => snapshot.promise.then(() => route.continue()));
  const status = bar(page).getByRole('status');
  const heard = await recordTexts(status);
  await button(cell(page, 'which-kernel'), 'Run').click();
  await expect(status).toHaveText('Downloading the machine.');
  snapshot.resolve(undefined);
  await expect(status).toHaveText('Half of the machine is downloaded.');
  engine.resolve(undefined);
  await expect(cell(page, 'which-kernel')).toHaveAttribute('state', 'passed');
  expect(await heard()).toEqual([
    'Downloading the machine.',
    'Half of the machine is downloaded.',
    'The machine is ready.',
  ]);
});

test('a program that reads keys, but goes on without them, is named, and Ctrl-C ends it @full', async ({
  page,
}) => {
  const listening = await openWith(page, 'top');
  await button(listening, 'Run').click();
  await expect(listening.locator('.message')).toContainText(
    '“top” is still running. It reads keys, but does not wait for them.',
  );
  await expect(listening).toHaveAttribute('state', 'running');
  await button(listening, 'Press Ctrl-C').press('Enter');
  await expect(listening).toHaveAttribute('state', 'differs');
  await expect(listening.locator('.message')).not.toContainText('reads keys');
});
