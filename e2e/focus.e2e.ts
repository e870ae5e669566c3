// The keyboard's focus stays where the reader can see it.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { changeCell, changeHtml, openWith } from './changed-page.ts';
import { bar, button, cell, pidCells } from './page-parts.ts';
import { fullUnless } from './tiers.ts';

const chapter = 'chapters/pid-namespaces/';

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

test('the focus stays in the bar when its buttons change @full', async ({ page }) => {
  await page.goto(chapter);
  await button(cell(page, 'old-proc'), 'Run').click();
  // Waits for the step to end: the bar is also ready for a moment between the machine's start and the first step.
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
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
  const tag = fullUnless(size.width === 375);
  test(`a focused element is never under the bar, at ${size.width} px${tag}`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto(chapter);
    await expect(bar(page)).toBeVisible();
    expect(await coveredStops(page)).toEqual([]);
  });
}

test('a cell that the verdict links to is never under the bar @full', async ({ page }) => {
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
  await expect(bar(page)).toContainText(`${pidCells} different`, { timeout: 120_000 });
  const links = await bar(page).getByRole('link').all();
  expect(links).toHaveLength(pidCells);
  for (const link of links) {
    await link.press('Enter');
    const focused = page.locator('course-cell:focus');
    await expect(focused).toHaveAttribute('id', (await link.getAttribute('href'))?.slice(1) ?? '');
    const shown = await focused.evaluate((element) => {
      const top = element.getBoundingClientRect().top;
      const covering = document.elementFromPoint(100, top + 10);
      return element.contains(covering);
    });
    expect(shown).toBe(true);
  }
  expect(await coveredStops(page)).toEqual([]);
});

test('at a zoom of 400 % nothing stays fixed and covers the text @full', async ({ page }) => {
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

test('a task that has started leaves the focus in its solutions @full', async ({ page }) => {
  await page.goto('chapters/cgroups/');
  const own = page.locator('course-task#limit-memory');
  const solutions = own.locator('summary', { hasText: 'Solutions' });
  await button(own, 'Start').press('Enter');
  await solutions.focus();
  await expect(own.getByText('The machine is ready.')).toBeVisible({ timeout: 60_000 });
  await expect(solutions).toBeFocused();
});

test('the terminal gives the focus back to a task that has started in the meantime @full', async ({
  page,
}) => {
  await page.goto('chapters/cgroups/');
  const own = page.locator('course-task#limit-memory');
  await button(own, 'Start').press('Enter');
  await expect(button(own, 'Stop')).toBeFocused();
  await page.keyboard.press('Control+Backquote');
  await expect(page.getByRole('region', { name: 'Terminal' })).toBeVisible();
  await expect(own.getByText('The machine is ready.')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+Backquote');
  await expect(button(own, 'Check')).toBeFocused();
});

test('exactly the outputs that scroll are tab stops @full', async ({ page }) => {
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

test('an output is a tab stop as long as it scrolls @full', async ({ page }) => {
  const long = await openWith(page, 'seq -s " " 500');
  const output = long.getByRole('group', { name: 'Output 1', exact: true });
  await button(long, 'Run').click();
  await expect(long).toHaveAttribute('state', 'differs');
  await expect(output).toHaveAttribute('tabindex', '0');
  await button(long, 'Reset').click();
  await expect(long).toHaveAttribute('state', 'idle');
  await expect(output).not.toHaveAttribute('tabindex');
});
