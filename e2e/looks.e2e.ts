// The looks of the pages: the typeface, and the lines that stay together.
import { expect, test } from '@playwright/test';
import { bar, button } from './page-parts.ts';

test('headings have the typeface of the site, which is loaded before the styles ask for it', async ({
  page,
}) => {
  await page.goto('chapters/namespaces/');
  const loaded = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ status }) => status === 'loaded').map((f) => f.family);
  });
  expect(loaded.map((family) => family.replaceAll('"', ''))).toEqual(['Source Serif 4']);
  const preloaded = await page.locator('link[rel="preload"][as="font"]').getAttribute('href');
  const requested = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.woff2')),
  );
  expect(requested).toEqual([new URL(preloaded ?? '', page.url()).href]);
});

for (const width of [375, 1280]) {
  test(`no citation begins a line at ${width} px @full`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const chapter of ['why-only-then', 'compared']) {
      await page.goto(`chapters/${chapter}/`);
      const torn = await page.locator('main a.cite:not(.named)').evaluateAll((links) =>
        links.flatMap((link) => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          walker.currentNode = link;
          let before = walker.previousNode();
          const isShown = (node: Node) => !node.parentElement?.closest('[popover]');
          while (before && !(isShown(before) && before.textContent?.trim())) {
            before = walker.previousNode();
          }
          if (!before?.textContent || !link.checkVisibility()) return [];
          const range = document.createRange();
          const end = before.textContent.trimEnd().length;
          range.setStart(before, end - 1);
          range.setEnd(before, end);
          const isBelow = link.getBoundingClientRect().top > range.getBoundingClientRect().bottom;
          return isBelow ? [before.textContent.slice(-20)] : [];
        }),
      );
      expect(torn).toEqual([]);
    }
  });
}

test('a wrapped command is indented on a phone, and copies as it was written @full', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await page.goto('chapters/cgroups/');
  const command = page.locator('.command', { hasText: 'for group in heavy light' });
  const copied = await command.evaluate((element) => {
    getSelection()?.selectAllChildren(element);
    return getSelection()?.toString();
  });
  expect(copied?.trimEnd()).toBe(await command.textContent());
  const indents = await page.locator('.command .line').evaluateAll((lines) =>
    lines.flatMap((line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      const rows = [...range.getClientRects()].filter(({ width }) => width > 0);
      const [first, ...rest] = rows.map(({ top, left }) => ({ top: Math.round(top), left }));
      const wrapped = rest.filter(({ top }) => first && top > first.top + 5);
      return wrapped.map(({ left }) => left - (first?.left ?? 0) > 5);
    }),
  );
  expect(indents).toContain(true);
  expect(indents).not.toContain(false);
});

test('on a phone a chapter folds its outcomes, and its first sentence is in view', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 667 });
  await page.goto('chapters/pid-namespaces/');
  await expect(page.locator('.sl-markdown-content > p').first()).toBeInViewport();
  const needs = page.locator('.chapter-facts').getByText('You need');
  await expect(needs).toBeHidden();
  await page.locator('.chapter-facts summary').click();
  await expect(needs).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.reload();
  await expect(needs).toBeVisible();
  await expect(page.locator('.chapter-facts summary')).toBeHidden();
});

test('the page of all cells shows what each cell begins with, on few screens @full', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('about/cells/');
  const cells = page.getByRole('group', { name: 'Cells of PID namespaces' });
  const first = cells.getByRole('listitem').first();
  await expect(first.getByRole('link')).toBeVisible();
  await expect(first.locator('code')).not.toBeEmpty();
  // Two columns, and one or two lines for each cell.
  const all = await page
    .getByRole('group', { name: /^Cells of / })
    .getByRole('listitem')
    .count();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height / all).toBeLessThan(50);
});

test('a pair of cells stands side by side at 1280 px, and one below the other on a phone @full', async ({
  page,
}) => {
  const tops = () =>
    page
      .locator('.inside-outside')
      .first()
      .locator('course-cell')
      .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().top)));
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('chapters/namespaces/');
  expect(new Set(await tops()).size).toBe(1);
  await page.setViewportSize({ width: 375, height: 700 });
  expect(new Set(await tops()).size).toBe(2);
});

test('no pair of cells leaves the page at any width @full', async ({ page }) => {
  for (const width of [768, 900, 1000, 1100]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('chapters/cgroups/');
    const lefts = await page
      .locator('.inside-outside')
      .evaluateAll((pairs) => pairs.map((pair) => pair.getBoundingClientRect().left));
    expect(lefts.length).toBeGreaterThan(0);
    expect(Math.min(...lefts), `${width} px`).toBeGreaterThanOrEqual(8);
  }
});

test('on paper, outputs wrap, set-up is open, and no choice is left to make', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 700, height: 1000 });
  await page.goto('chapters/containers/');
  const cut = await page
    .locator('.cell .output')
    .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length);
  expect(cut).toBe(0);
  const setUp = page.locator('.cell .setup').first();
  await expect(setUp.locator('code').first()).toBeVisible();
  await expect(page.locator('.switches').getByRole('checkbox').first()).toBeHidden();
});

test('text of twice the size leaves all buttons in view on a phone @full', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 667 });
  await page.goto('');
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const cell = page.locator('course-cell').first();
  await button(cell, 'Run').click();
  await expect(cell).toHaveAttribute('state', 'passed');
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  for (const name of ['Run all', 'Reset', 'End']) {
    await expect(button(bar(page), name)).toBeInViewport({ ratio: 1 });
  }
  for (const name of ['Run', 'Reset']) {
    await button(cell, name).scrollIntoViewIfNeeded();
    await expect(button(cell, name)).toBeInViewport({ ratio: 1 });
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});
