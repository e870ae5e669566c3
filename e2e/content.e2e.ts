// The pages show all data of content/: each outcome, diagram, table cell, event, source and term.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { readData } from '../scripts/test/course/read-data.ts';
import { chapterFields } from '../src/course-data/chapter-frontmatter.ts';
import { verdicts } from '../src/course-data/comparison.ts';
import { printDate } from '../src/course-data/partial-date.ts';
import { readPages } from '../src/course-data/read-pages.ts';
import { readWords } from '../src/markdown/diagram-source.ts';

const { sources, terms, timelines, comparison, evidence } = readData();
const chapters = readPages().filter(({ name }) => name.startsWith('chapters/'));
const withoutMarks = (text: string) => text.replaceAll('`', '');
/** The text of each element as a reader sees it, with normalized white space. */
const texts = async (parts: Locator) =>
  (await parts.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
const idsIn = async (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) => all.map(({ id }) => id));

for (const { name, frontmatter, text } of chapters) {
  test.describe(`/${name}/`, () => {
    test('lists outcomes, prerequisites and time below its title', async ({ page }) => {
      const { outcomes, needs, minutes } = chapterFields.parse(frontmatter);
      await page.goto(`${name}/`);
      const list = page.getByRole('list', { name: 'After this chapter you can' });
      expect(await texts(list.getByRole('listitem'))).toEqual(outcomes.map(withoutMarks));
      const facts = page.locator('.chapter-facts');
      await expect(facts).toContainText(`You need ${withoutMarks(needs)}.`);
      await expect(facts).toContainText(`About ${minutes} minutes`);
    });

    test('shows each diagram with its title and its description', async ({ page }) => {
      const fences = [...text.matchAll(/^```mermaid\n([\s\S]*?)^```/gm)];
      const words = fences.map(([, fence = '']) => readWords(fence, { file: name, line: 1 }));
      await page.goto(`${name}/`);
      const figures = page.locator('figure.diagram');
      await expect(figures).toHaveCount(words.length);
      for (const [i, { title, description }] of words.entries()) {
        const figure = figures.nth(i);
        await expect(figure.getByRole('group', { name: title, exact: true })).toBeVisible();
        await expect(figure.getByRole('img')).toBeVisible();
        await figure.getByText('Diagram as text').click();
        await expect(figure.locator('details p')).toHaveText(description);
        await expect(figure.locator('details p')).toBeVisible();
      }
    });

    test('links each citation and each term to its entry', async ({ page }) => {
      await page.goto('references/');
      const places = new Set(await idsIn(page, 'main [id]'));
      await page.goto(`${name}/`);
      const links = page.locator('main :is(a.cite, a.term)');
      const hrefs = await links.evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      expect(hrefs.length).toBeGreaterThan(0);
      expect(hrefs.filter((href) => !/\/references\/#/.test(href))).toEqual([]);
      expect(hrefs.filter((href) => !places.has(href.replace(/.*#/, '')))).toEqual([]);
    });
  });
}

test('the references list each source and each term', async ({ page }) => {
  await page.goto('references/');
  const ids = [...sources.keys(), ...[...terms.keys()].map((id) => `term-${id}`)];
  expect((await idsIn(page, '.entries > div')).sort()).toEqual(ids.sort());
  for (const [id, { title, url }] of sources) {
    const entry = page.locator(`[id="${id}"]`);
    await expect(entry).toContainText(title);
    if (url) await expect(entry.getByRole('link')).toHaveAttribute('href', url);
  }
  for (const [id, { term, definition }] of terms) {
    expect(await texts(page.locator(`[id="term-${id}"] > *`))).toEqual([term, definition]);
  }
});

for (const { name, text } of chapters) {
  for (const [, id = ''] of text.matchAll(/<Timeline id="([^"]*)"/g)) {
    test(`the timeline ${id} shows each event with its date and its source`, async ({ page }) => {
      const { title, events } = timelines.get(id) ?? { title: '', events: [] };
      await page.goto(`${name}/`);
      // A timeline in a detour is hidden until the reader opens it.
      const figure = page.getByRole('figure', { name: title, includeHidden: true });
      const items = figure.getByRole('listitem', { includeHidden: true });
      await expect(items).toHaveCount(events.length);
      for (const [i, { date, what, source }] of events.entries()) {
        const time = items.nth(i).locator('time');
        await expect(time).toHaveAttribute('datetime', date);
        await expect(time).toHaveText(printDate(date));
        await expect(items.nth(i)).toContainText(withoutMarks(what));
        await expect(items.nth(i).locator('.cite')).toHaveAttribute('href', /\/references\/#/);
        const short = sources.get(source)?.short ?? '';
        await expect(items.nth(i).locator('.cite')).toHaveAttribute('data-short', short);
      }
    });
  }
}

test.describe('the evidence matrix', () => {
  const short = (id: string) => sources.get(id)?.short ?? '';
  const { caption, reasons } = evidence;

  for (const width of [320, 1280]) {
    test(`shows each reason with both sides at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto('chapters/why-only-then/');
      const matrix = page.getByRole('table', { name: caption });
      await expect(matrix.getByRole('columnheader')).toHaveCount(5);
      await expect(matrix.getByRole('row')).toHaveCount(reasons.length + 1);
      for (const [i, each] of reasons.entries()) {
        const row = matrix.getByRole('row').nth(i + 1);
        await expect(row.getByRole('rowheader')).toHaveText(
          `${i + 1}. ${withoutMarks(each.reason)}`,
        );
        const cells = row.getByRole('cell');
        await expect(cells.nth(0)).toHaveText(withoutMarks(each.judgement));
        for (const [j, points] of [each.for, each.against].entries()) {
          const items = cells.nth(j + 1).getByRole('listitem');
          await expect(items).toHaveCount(points.length);
          for (const [k, { what, source }] of points.entries()) {
            await expect(items.nth(k)).toContainText(withoutMarks(what));
            const cite = items.nth(k).locator('.cite');
            await expect(cite).toHaveAttribute('data-short', short(source));
          }
        }
        const link = row.getByRole('link', { name: withoutMarks(each.try.what), exact: true });
        expect(await link.getAttribute('href')).toContain(each.try.to);
      }
    });
  }

  test('has both sides of a reason next to each other, and on a phone below each other', async ({
    page,
  }) => {
    await page.goto('chapters/why-only-then/');
    const row = page.getByRole('table', { name: caption }).getByRole('row').nth(1);
    const sides = async () =>
      Promise.all([1, 2].map(async (i) => row.getByRole('cell').nth(i).boundingBox()));
    const [left, right] = await sides();
    expect(right?.y).toBe(left?.y);
    await page.setViewportSize({ width: 320, height: 700 });
    const [upper, lower] = await sides();
    expect(lower?.x).toBe(upper?.x);
    expect(lower?.y).toBeGreaterThan(upper?.y ?? Infinity);
  });
});

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

  test('shows the conditions and the source of each figure', async ({ page }) => {
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

  test('has a short table, whose properties lead to the full rows', async ({ page }) => {
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

  test('a link of the short table shows a group that was hidden', async ({ page }) => {
    await page.goto(path);
    const hidden = groups.find(({ id }) => id === rows.find((row) => row.short)?.group);
    const box = page.getByRole('checkbox', { name: hidden?.name ?? '', exact: true });
    await box.uncheck();
    const row = page.locator('tr[data-row]', { hasText: 'chooses the version' });
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
    test(`needs no sideways scrolling, ${width} px wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path);
      const wide = await page
        .locator('html, .comparison-summary, course-comparison .scroll')
        .evaluateAll((all) => all.map((each) => each.scrollWidth - each.clientWidth));
      expect(wide).toEqual([0, 0, 0]);
    });
  }

  test('is a table with a caption, and headers that stay in view', async ({ page }) => {
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
    test(`shifts nothing while it loads, ${width} px wide`, async ({ page }) => {
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

  test('is a stack of cards on a phone, with the name of its column in each cell', async ({
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

test.describe('a term', () => {
  const found = chapters.flatMap(({ name, text }) =>
    [...text.matchAll(/<Term id="([^"]*)"/g)].map(([, id = '']) => ({ path: `${name}/`, id })),
  );
  const { path, id } = found[0] ?? { path: '', id: '' };
  const definition = terms.get(id)?.definition ?? 'no definition';
  const parts = (page: Page) => ({
    link: page.locator('a.term').first(),
    tooltip: page.locator('course-term [role="tooltip"]').first(),
  });

  test('is described by its definition', async ({ page }) => {
    await page.goto(path);
    await expect(parts(page).link).toHaveAccessibleDescription(definition);
  });

  test('shows its definition while the pointer is on one of them', async ({ page }) => {
    await page.goto(path);
    const { link, tooltip } = parts(page);
    await expect(tooltip).toBeHidden();
    // Compares sizes and not positions, since the test scrolls to a term out of view.
    const size = () =>
      page.locator('main').evaluate((main) => [main.clientWidth, main.clientHeight]);
    const before = await size();
    await link.hover();
    await expect(tooltip).toBeVisible();
    await expect(tooltip).toHaveText(definition);
    expect(await size()).toEqual(before);
    await tooltip.hover();
    await expect(tooltip).toBeVisible();
    await page.mouse.move(0, 0);
    await expect(tooltip).toBeHidden();
  });

  test('shows it to the keyboard, until Escape', async ({ page }) => {
    await page.goto(path);
    const { link, tooltip } = parts(page);
    // Focus is visible only if a key moved it.
    await link.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(link).toBeFocused();
    await expect(tooltip).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(tooltip).toBeHidden();
    await expect(link).toBeFocused();
  });

  test.describe('on a touch screen', () => {
    test.use({ hasTouch: true, viewport: { width: 320, height: 700 } });

    test('shows it with a tap inside the window, and goes to the glossary with a second one', async ({
      page,
    }) => {
      await page.goto(path);
      const { link, tooltip } = parts(page);
      await link.tap();
      await expect(tooltip).toBeInViewport({ ratio: 1 });
      await page.getByRole('heading', { level: 1 }).tap();
      await expect(tooltip).toBeHidden();
      await link.tap();
      await expect(tooltip).toBeVisible();
      await link.tap();
      await expect(page).toHaveURL(new RegExp(`/references/#term-${id}$`));
    });
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('leads to its definition', async ({ page }) => {
      await page.goto(path);
      await parts(page).link.click();
      await expect(page.locator(`[id="term-${id}"]`)).toContainText(definition);
    });
  });
});
