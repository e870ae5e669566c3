// Each button acts on the cell or bar that contains it, and progress is visible.
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { recordStates, recordTexts } from './cell-events.ts';
import { changeCell, changeHtml } from './changed-page.ts';

const chapter = 'chapters/pid-namespaces/';
const cell = (page: Page, id: string): Locator => page.locator(`course-cell#${id}`);
const button = (scope: Locator, name: string): Locator =>
  scope.getByRole('button', { name, exact: true });
const bar = (page: Page): Locator => page.getByRole('region', { name: 'Linux machine' });

/** The stops of the Tab key in the text that are under the bar once they have the focus. */
function coveredStops(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const stops = [
      ...document.querySelectorAll<HTMLElement>('main a, main button, main [tabindex="0"]'),
    ];
    const found: string[] = [];
    for (const stop of stops) {
      if (stop.closest('machine-bar') || !stop.checkVisibility()) continue;
      stop.focus();
      const box = document.querySelector('.machine-bars')?.getBoundingClientRect();
      const { top, bottom } = stop.getClientRects()[0] ?? stop.getBoundingClientRect();
      if (box && bottom > box.top + 1 && top < box.bottom) found.push(stop.textContent ?? '');
    }
    return found;
  });
}

/** The home page, whose cell runs this command. */
async function openWith(page: Page, command: string, more: object = {}): Promise<Locator> {
  const steps = [{ command, output: [], status: 0 }];
  await changeHtml(page, (html) =>
    changeCell(html, 'which-kernel', (data) => ({ ...data, ...more, steps })),
  );
  await page.goto('');
  return cell(page, 'which-kernel');
}

test('a double click on Run runs the cell', async ({ page }) => {
  await page.goto(chapter);
  const states = await recordStates(cell(page, 'old-proc'));
  await button(cell(page, 'old-proc'), 'Run').dblclick();
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  expect(await states()).not.toContain('stopped');
});

test('a held Enter on Run runs the cell', async ({ page }) => {
  await page.goto(chapter);
  const states = await recordStates(cell(page, 'old-proc'));
  await button(cell(page, 'old-proc'), 'Run').focus();
  // Each `down` without an `up` repeats the key.
  for (let i = 0; i < 4; i++) await page.keyboard.down('Enter');
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  await page.keyboard.down('Enter');
  expect(await states()).toEqual(['queued', 'running', 'passed']);
});

test('a held Enter on Run all runs the cells', async ({ page }) => {
  await page.goto('');
  const states = await recordStates(cell(page, 'which-kernel'));
  await button(bar(page), 'Run all').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.down('Enter');
  await expect(cell(page, 'which-kernel')).toHaveAttribute('state', 'passed');
  expect(await states()).toEqual(['queued', 'running', 'passed']);
});

test('a double click on Run all does not cancel the start, and one on End does not run', async ({
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

test('Reset on a cell resets that cell, and marks what ran after it', async ({ page }) => {
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

test('a cell whose predecessor failed names that cell and links to it', async ({ page }) => {
  const steps = [{ command: 'sleep 100', output: [], status: 0 }];
  await changeHtml(page, (html) =>
    changeCell(html, 'two-numbers', (data) => ({ ...data, steps, timeout: 1 })),
  );
  await page.goto(chapter);
  const wanted = cell(page, 'signals-outside');
  await button(wanted, 'Run').click();
  await expect(wanted).toHaveAttribute('state', 'blocked');
  await expect(wanted.getByRole('status')).toContainText('Not run: “two-numbers” failed.');
  await wanted.getByRole('link', { name: 'Go to “two-numbers”' }).click();
  await expect(cell(page, 'two-numbers')).toBeFocused();
  await expect(cell(page, 'two-numbers')).toBeInViewport();
  await expect(cell(page, 'two-numbers')).toHaveAttribute('state', 'timed out');
});

test('Run all counts, and ends with a verdict that links to the differing cells', async ({
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
  await expect(bar(page)).toContainText(/Running 13 cells, [1-9]\d? done\./);
  expect(await bar(page).evaluate((element) => element.contains(document.activeElement))).toBe(
    true,
  );
  await expect(bar(page)).toContainText(/Ran 13 of 13 cells: \d+ as printed, \d+ different\./, {
    timeout: 120_000,
  });
  await bar(page).getByRole('link', { name: 'old-proc' }).press('Enter');
  await expect(cell(page, 'old-proc')).toBeFocused();
  await expect(cell(page, 'old-proc')).toBeInViewport();
});

test('during a run of the whole page only the bar speaks, then each cell again', async ({
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
  await expect(bar(page)).toContainText('Ran 7 of 7 cells', { timeout: 120_000 });
  expect(await heard.jsonValue()).toEqual([
    'bar: Running 7 cells, 0 done.',
    'bar: Downloading the machine.',
    'bar: Half of the machine is downloaded.',
    'bar: The machine is ready.',
    'bar: Running 7 cells, 4 done.',
    'bar: Ran 7 of 7 cells: 7 as printed.',
  ]);
  const first = page.locator('course-cell').first();
  const id = (await first.getAttribute('id')) ?? '';
  await button(first, 'Run').click();
  await expect
    .poll(async () => (await heard.jsonValue()).at(-1))
    .toMatch(new RegExp(`^${id}: Ran in .* Same as printed\\.$`));
});

test('the focus stays in the bar when its buttons change', async ({ page }) => {
  await page.goto(chapter);
  await button(cell(page, 'old-proc'), 'Run').click();
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  await button(bar(page), 'Reset').focus();
  await page.keyboard.press('Enter');
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'idle');
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  expect(await bar(page).evaluate((element) => element.contains(document.activeElement))).toBe(
    true,
  );
});

for (const size of [
  { width: 1280, height: 800 },
  { width: 375, height: 667 },
]) {
  test(`a focused element is never under the bar, at ${size.width} px`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto(chapter);
    await expect(bar(page)).toBeVisible();
    expect(await coveredStops(page)).toEqual([]);
  });
}

test('a cell that the verdict links to is never under the bar', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 667 });
  const different = [{ command: 'echo other', output: ['printed'], status: 0 }];
  await changeHtml(page, (html) =>
    [...html.matchAll(/<course-cell id="([^"]+)"/g)].reduce(
      (changed, [, id = '']) => changeCell(changed, id, (data) => ({ ...data, steps: different })),
      html,
    ),
  );
  await page.goto(chapter);
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText('13 different', { timeout: 120_000 });
  const links = await bar(page).getByRole('link').all();
  expect(links).toHaveLength(13);
  for (const link of links) {
    await link.press('Enter');
    const focused = page.locator('course-cell:focus');
    await expect(focused).toHaveAttribute('id', (await link.textContent()) ?? '');
    const shown = await focused.evaluate((element) => {
      const top = element.getBoundingClientRect().top;
      const covering = document.elementFromPoint(100, top + 10);
      return element.contains(covering);
    });
    expect(shown).toBe(true);
  }
  expect(await coveredStops(page)).toEqual([]);
});

test('at a zoom of 400 % nothing stays fixed and covers the text', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 200 });
  await page.goto(`${chapter}#zombie`);
  await expect(cell(page, 'zombie')).toBeInViewport();
  const covering = await page.evaluate(() =>
    [20, 100, 180].map((y) => {
      const element = document.elementFromPoint(160, y);
      return element?.closest('.sl-markdown-content')
        ? ''
        : (element?.outerHTML.slice(0, 80) ?? 'none');
    }),
  );
  expect(covering.filter((text) => text)).toEqual([]);
});

test('exactly the outputs that scroll are tab stops', async ({ page }) => {
  await page.goto('chapters/cgroups/');
  const count = () =>
    page.evaluate(() => {
      const areas = [...document.querySelectorAll<HTMLElement>('.cell pre')];
      const scrolls = (pre: HTMLElement) =>
        pre.scrollWidth > pre.clientWidth || pre.scrollHeight > pre.clientHeight;
      return {
        wrong: areas.filter((pre) => scrolls(pre) !== (pre.tabIndex === 0)).length,
        stops: areas.filter((pre) => pre.tabIndex === 0).length,
        all: areas.length,
      };
    });
  await expect.poll(async () => (await count()).wrong).toBe(0);
  const { stops, all } = await count();
  expect(stops).toBeLessThan(all / 10);
  await page.setViewportSize({ width: 375, height: 667 });
  await expect.poll(async () => (await count()).wrong).toBe(0);
});

test('an output is a tab stop as long as it scrolls', async ({ page }) => {
  const long = await openWith(page, 'seq -s " " 500');
  const output = long.getByRole('group', { name: 'Output 1', exact: true });
  await button(long, 'Run').click();
  await expect(long).toHaveAttribute('state', 'differs');
  await expect(output).toHaveAttribute('tabindex', '0');
  await button(long, 'Reset').click();
  await expect(long).toHaveAttribute('state', 'idle');
  await expect(output).not.toHaveAttribute('tabindex');
});

test('while a cell runs, the page does not jump, and the time is shown', async ({ page }) => {
  await page.goto(chapter);
  const zombie = cell(page, 'zombie');
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

test('a flood of output is drawn a few kilobytes a frame, and Stop ends it', async ({ page }) => {
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

test('the live region of the bar announces the start, half and end of a download, and nothing in between', async ({
  page,
}) => {
  await page.goto('');
  const heard = await recordTexts(bar(page).getByRole('status'));
  await button(cell(page, 'which-kernel'), 'Run').click();
  await expect(cell(page, 'which-kernel')).toHaveAttribute('state', 'passed');
  expect(await heard()).toEqual([
    'Downloading the machine.',
    'Half of the machine is downloaded.',
    'The machine is ready.',
  ]);
});
