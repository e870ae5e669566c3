// The pages show all data of content/: each outcome, diagram, table cell, event, source and term.
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { readData } from '../scripts/test/course/read-data.ts';
import { chapterFields } from '../src/course-data/chapter-frontmatter.ts';
import { printDate } from '../src/course-data/partial-date.ts';
import { readPages } from '../src/course-data/read-pages.ts';
import { readWords } from '../src/markdown/diagram-source.ts';
import { texts, withoutMarks } from './page-texts.ts';
import { fullUnless } from './tiers.ts';

const { sources, terms, timelines, evidence } = readData();
const chapters = readPages().filter(({ name }) => name.startsWith('chapters/'));
const idsIn = async (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) => all.map(({ id }) => id));

for (const { name, frontmatter, text } of chapters) {
  test.describe(`/${name}/${fullUnless(name === 'chapters/pid-namespaces')}`, () => {
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
    test(`shows each reason with both sides at ${width} px${fullUnless(width === 1280)}`, async ({
      page,
    }) => {
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

  test('has both sides of a reason next to each other, and on a phone below each other @full', async ({
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

  test('is described by its definition @full', async ({ page }) => {
    await page.goto(path);
    await expect(parts(page).link).toHaveAccessibleDescription(definition);
  });

  test('shows its definition while the pointer is on one of them @full', async ({ page }) => {
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

    test('shows it with a tap inside the window, and goes to the glossary with a second one @full', async ({
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
