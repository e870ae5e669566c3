// The two tables of the comparison show all of its data, and can be filtered.
import { expect, test } from '@playwright/test';
import { readData } from '../scripts/test/course/read-data.ts';
import { verdicts } from '../src/course-data/comparison.ts';
import { texts, withoutMarks } from './page-texts.ts';

const { sources, comparison } = readData();

test.describe('the comparison', () => {
  const { columns, groups, rows } = comparison;
  const path = 'chapters/compared/';
  const short = (id: string | undefined) => (id ? sources.get(id)?.short : undefined);

  test('shows the data of each cell', async ({ page }) => {
    await page.goto(path);
    const shown = await page.locator('tr[data-row]').evaluateAll((all) =>
      all.map((row) => {
        const cited = (p: Element) =>
          [...p.querySelectorAll<HTMLElement>('.cite')].map(({ dataset }) => dataset['short']);
        const parts = (cell: Element) =>
          [...cell.querySelectorAll('p')].flatMap((p) => [p.textContent, ...cited(p)]);
        const inLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
        const property = inLine(row.querySelector('th')?.textContent ?? '');
        const cells = [...row.querySelectorAll('td')].map((cell) => inLine(parts(cell).join(' ')));
        return { property, cells };
      }),
    );
    const inOrder = groups.flatMap(({ id }) => rows.filter(({ group }) => group === id));
    expect(shown.map(({ property }) => property)).toEqual(inOrder.map(({ property }) => property));
    // Whatever its layout, a cell contains all of its data.
    for (const [i, { cells, property, measures }] of inOrder.entries()) {
      expect(shown[i]?.cells).toHaveLength(columns.length);
      for (const [j, { id }] of columns.entries()) {
        const { verdict, reason = '', source } = cells[id] ?? {};
        const said = [withoutMarks(reason), short(source)];
        if (verdict) said.push(verdicts[verdict].symbol, verdicts[verdict].word);
        for (const { name, values } of measures) {
          if (values[id]) said.push(`${values[id]} ${name}`);
        }
        for (const each of said) {
          expect(shown[i]?.cells[j], `${property}, ${id}`).toContain(each ?? '');
        }
      }
    }
  });

  test('shows the conditions and the source of each figure @full', async ({ page }) => {
    await page.goto(path);
    for (const { id, measures } of rows) {
      const notes = page.locator(`tr[data-row="${id}"] + .measured p`);
      await expect(notes).toHaveCount(measures.length);
      for (const [i, { name, conditions, source }] of measures.entries()) {
        await expect(notes.nth(i)).toContainText(`${name}: ${withoutMarks(conditions)}`);
        await expect(notes.nth(i).locator('.cite')).toHaveAttribute(
          'data-short',
          short(source) ?? '',
        );
      }
    }
  });

  test('has a short table, whose properties lead to the full rows @full', async ({ page }) => {
    await page.goto(path);
    const table = page.getByRole('table', { name: /^Figure 1\.3/ });
    const listed = rows.filter((row) => row.short);
    expect(listed).toHaveLength(8);
    for (const [i, { id, property, short: said }] of listed.entries()) {
      const row = table.getByRole('row').nth(i + 1);
      await expect(row.getByRole('rowheader')).toHaveText(property);
      expect(await texts(row.getByRole('cell'))).toEqual(Object.values(said ?? {}));
      await row.getByRole('link', { name: property, exact: true }).click();
      await expect(page.locator(`tr[data-row="${id}"]`)).toBeInViewport();
    }
  });

  test('a link of the short table shows a group that was hidden @full', async ({ page }) => {
    await page.goto(path);
    const first = rows.find(({ short }) => short);
    const hidden = groups.find(({ id }) => id === first?.group);
    const box = page.getByRole('checkbox', { name: hidden?.name ?? '', exact: true });
    await box.uncheck();
    const row = page.locator(`tr[data-row="${first?.id}"]`);
    await expect(row).toBeHidden();
    await page
      .getByRole('table', { name: /^Figure 1\.3/ })
      .getByRole('link')
      .first()
      .click();
    await expect(row).toBeInViewport();
    await expect(box).toBeChecked();
  });

  for (const width of [320, 375, 768]) {
    test(`needs no sideways scrolling, ${width} px wide @full`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path);
      const wide = await page
        .locator('html, .comparison-summary, course-comparison .scroll')
        .evaluateAll((all) => all.map((each) => each.scrollWidth - each.clientWidth));
      expect(wide).toEqual([0, 0, 0]);
    });
  }

  test('is a table with a caption, and headers that stay in view @full', async ({ page }) => {
    await page.goto(path);
    const table = page.getByRole('table', { name: `: ${rows.length} properties` });
    expect(await texts(table.getByRole('columnheader'))).toEqual([
      'Property',
      ...columns.map(({ name }) => name),
    ]);
    const last = table.locator('tr[data-row]').last();
    await last.scrollIntoViewIfNeeded();
    await expect(table.getByRole('columnheader').first()).toBeInViewport();
  });

  test('shows the columns and groups chosen by keyboard, and their number', async ({ page }) => {
    await page.goto(path);
    const count = page.locator('course-comparison').getByRole('status');
    await expect(count).toHaveText(
      `Shown: all ${rows.length} properties of all ${columns.length} kinds.`,
    );
    const choice = (name = '') => page.getByRole('checkbox', { name, exact: true });
    await choice(columns[0]?.name).focus();
    await page.keyboard.press('Space');
    await expect(page.locator(`td[data-column="${columns[0]?.id}"]:visible`)).toHaveCount(0);
    await expect(page.locator(`td[data-column="${columns[1]?.id}"]:visible`)).toHaveCount(
      rows.length,
    );

    await choice(groups[0]?.name).uncheck();
    const left = rows.filter(({ group }) => group !== groups[0]?.id);
    await expect(page.locator('tr[data-row]:visible')).toHaveCount(left.length);
    await expect(count).toHaveText(
      `Shown: ${left.length} of ${rows.length} properties of ${columns.length - 1} of ${columns.length} kinds.`,
    );
  });

  for (const width of [1280, 375]) {
    test(`shifts nothing while it loads, ${width} px wide @full`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value } = entry as PerformanceEntry & { value: number };
            sessionStorage['shift'] = Number(sessionStorage['shift'] ?? 0) + value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(path);
      const table = page.locator('course-comparison');
      await table.scrollIntoViewIfNeeded();
      await expect(table.getByRole('status')).toContainText('Shown:');
      // Below the visible threshold: 1 means the whole window, moved by its height.
      const shift = await page.evaluate(() => Number(sessionStorage['shift'] ?? 0));
      expect(shift).toBeLessThan(0.01);
    });
  }

  test('is a stack of cards on a phone, with the name of its column in each cell @full', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(path);
    const first = page.locator('tr[data-row] td').first();
    const label = await first.evaluate((cell) => getComputedStyle(cell, '::before').content);
    expect(label).toContain(columns[0]?.name);
    const [a, b] = await Promise.all([first.boundingBox(), first.locator('+ td').boundingBox()]);
    expect(b?.y).toBeGreaterThan(a?.y ?? Infinity);
    const heads = page.locator('course-comparison').getByRole('columnheader');
    await expect(heads).toHaveCount(columns.length + 1);
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('is complete and offers no filters', async ({ page }) => {
      await page.goto(path);
      await expect(page.locator('tr[data-row] td:visible')).toHaveCount(
        rows.length * columns.length,
      );
      await expect(page.getByRole('form', { name: 'Filter the comparison' })).toBeHidden();
    });
  });
});
