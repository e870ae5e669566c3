// The marks of what the reader has run, which stay between visits, and the page that forgets them.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { basePath } from '../src/site.ts';
import { progressKey } from '../src/with-base.ts';
import { collectFaults } from './page-faults.ts';
import { button, cell, pidCells } from './page-parts.ts';

const chapter = 'chapters/pid-namespaces/';
const key = progressKey(`${basePath}/`);
/** The words for one cell of the chapter. */
const ran = `1 of ${pidCells} cells run, 0 of 1 task done`;

const link = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'PID namespaces' });
const mark = (page: Page, id: string): Locator => cell(page, id).getByText(/^run before/);
const textOf = (page: Page, id: string): Promise<string> =>
  cell(page, id).evaluate(({ dataset }: HTMLElement) => dataset['text'] ?? '');

/** Stores progress before the page's scripts run. */
const store = (page: Page, value: unknown): Promise<void> =>
  page.evaluate(([name, text]) => localStorage.setItem(name, text), [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ] as const);

async function run(page: Page, id: string): Promise<void> {
  await button(cell(page, id), 'Run').click();
  await expect(cell(page, id)).toHaveAttribute('state', 'passed');
}

test('a cell that ran is marked at the next visit, and the navigation counts it', async ({
  page,
}) => {
  await page.goto(chapter);
  await run(page, 'first-process');
  await expect(link(page)).toHaveAccessibleDescription(ran);
  await expect(link(page)).toHaveAccessibleName('PID namespaces');
  await page.reload();
  await expect(mark(page, 'first-process')).toHaveText('run before; the output matched');
  await expect(mark(page, 'two-numbers')).toHaveCount(0);
  await expect(link(page)).toHaveAccessibleDescription(ran);
  await page.goto('chapters/cgroups/');
  await expect(link(page)).toHaveAccessibleDescription(ran);
});

test('a mark says if the output differed, and a cell that has changed since has none @full', async ({
  page,
}) => {
  await page.goto(chapter);
  const text = await textOf(page, 'two-numbers');
  const pages = {
    [chapter]: {
      'first-process': { text: 'of an old form', ran: 'as printed' },
      'two-numbers': { text, ran: 'differently' },
      removed: { text, ran: 'as printed' },
    },
  };
  await store(page, { version: 1, pages });
  await page.reload();
  await expect(mark(page, 'two-numbers')).toHaveText('run before; the output differed');
  await expect(mark(page, 'first-process')).toHaveCount(0);
  await expect(link(page)).toHaveAccessibleDescription(ran);
  await run(page, 'two-numbers');
  await page.reload();
  await expect(mark(page, 'two-numbers')).toHaveText('run before; the output matched');
});

test('progress can be deleted by keyboard @full', async ({ page }) => {
  await page.goto(chapter);
  const text = await textOf(page, 'first-process');
  await store(page, {
    version: 1,
    pages: { [chapter]: { 'first-process': { text, ran: 'as printed' } } },
  });
  await page.goto('about/progress/');
  const item = page
    .getByRole('list', { name: 'Progress' })
    .getByRole('listitem')
    .filter({ hasText: 'PID namespaces' });
  await expect(item).toHaveText(`PID namespaces: ${ran}`);
  await button(page, 'Delete my progress').focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('group', {
    name: 'This deletes all ticks, answers and task values from this browser.',
  });
  await expect(button(question, 'Delete')).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('course-progress').analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Delete my progress')).toBeFocused();
  await expect(item).toContainText(ran);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your progress has been deleted from this browser.')).toBeVisible();
  await expect(item).toContainText(`0 of ${pidCells} cells run`);
  await expect(link(page)).toHaveAccessibleDescription('');
  expect(await page.evaluate((name) => localStorage.getItem(name), key)).toBeNull();
});

for (const [what, text] of [
  ['damaged', '{"version":1,"pages":{"chap'],
  [
    'hostile',
    `{"version":1,"pages":{"${chapter}":{"first-process":{"text":"<img src=x>","ran":7}}}}`,
  ],
  ['of a newer site', '{"version":2,"pages":{}}'],
] as const) {
  test(`progress that is ${what} is ignored @full`, async ({ page, baseURL }) => {
    const faults = collectFaults(page, baseURL ?? '');
    await page.goto(chapter);
    await store(page, text);
    const listed = page.waitForResponse(/cells\.json$/);
    await page.reload();
    await listed;
    await expect(page.getByText(/^run before/)).toHaveCount(0);
    await run(page, 'first-process');
    expect(faults).toEqual([]);
  });
}

test('where storage is blocked, cells run without faults @full', async ({ page, baseURL }) => {
  const faults = collectFaults(page, baseURL ?? '');
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await page.goto(chapter);
  await run(page, 'first-process');
  await expect(link(page)).toHaveAccessibleDescription(ran);
  expect(faults).toEqual([]);
});

test('without progress, nothing of it loads before the first run', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(chapter, { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /show-progress|cells\.json/.test(url))).toEqual([]);
});
