// Two machines on one page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { recordOutcomes } from './cell-events.ts';
import { addMachine, changeCell, changeHtml } from './changed-page.ts';
import { cell } from './page-parts.ts';

const path = 'chapters/pid-namespaces/';
const run = (page: Page, id: string): Promise<void> =>
  cell(page, id).getByRole('button', { name: 'Run', exact: true }).click();
const bar = (page: Page, name: string): Locator =>
  page.locator(`machine-bar[data-machine=${name}]`);
const press = (scope: Locator, name: string): Promise<void> =>
  scope.getByRole('button', { name, exact: true }).click();

const step = (command: string, output: string[]) => ({
  ...{ after: [], steps: [{ command, output, status: 0 }] },
});
const bootId = step('cat /proc/sys/kernel/random/boot_id; echo $BASHPID', ['...']);

/** Opens a page whose second and later cells run on a second machine. */
async function open(page: Page): Promise<void> {
  await changeHtml(page, (html) => {
    const changes: [string, object][] = [
      ['old-proc', bootId],
      ['new-proc', bootId],
      ['two-numbers', step('echo c > /proc/sysrq-trigger', [])],
    ];
    const changed = changes.reduce(
      (text, [id, data]) => changeCell(text, id, (before) => ({ ...before, ...data })),
      html,
    );
    return addMachine(changed, 'peer', ['new-proc', 'two-numbers']);
  });
  await page.goto(path);
}

test('two machines on a page are separate: each has its own boot, and a panic stops only one @full', async ({
  page,
}) => {
  await open(page);
  const [main, peer] = [bar(page, 'main'), bar(page, 'peer')];
  await run(page, 'old-proc');
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  await expect(peer).toContainText('about 400 MB more');

  // The second one waits until the reader agrees.
  await run(page, 'new-proc');
  await expect(peer).toHaveAttribute('state', 'asking');
  await expect(peer.getByRole('button', { name: 'Start it' })).toBeFocused();
  expect(page.workers()).toHaveLength(1);
  await press(peer, 'Start it');
  await expect(cell(page, 'new-proc')).toHaveAttribute('state', 'passed');
  expect(page.workers()).toHaveLength(2);
  const ids = await Promise.all(
    ['old-proc', 'new-proc'].map((id) => cell(page, id).locator('.output').first().textContent()),
  );
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}\n\d+$/);
  expect(ids[0]?.split('\n')[0]).not.toBe(ids[1]?.split('\n')[0]);

  await run(page, 'two-numbers');
  await expect(cell(page, 'two-numbers')).toHaveAttribute('state', 'crashed');
  await expect(peer).toHaveAttribute('state', 'stopped');
  await expect(main).toHaveAttribute('state', 'ready');
  const outcomes = await recordOutcomes(page);
  await run(page, 'old-proc');
  await expect.poll(outcomes).toEqual(['old-proc passed']);
});

test('a reader who declines has one machine, and can end it to start the other @full', async ({
  page,
}) => {
  await open(page);
  const [main, peer] = [bar(page, 'main'), bar(page, 'peer')];
  await run(page, 'old-proc');
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  await run(page, 'new-proc');
  const { violations } = await new AxeBuilder({ page }).include('.machine-bars').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await press(peer, 'Not now');
  await expect(cell(page, 'new-proc')).toHaveAttribute('state', 'stopped');
  await expect(peer).toHaveAttribute('state', 'idle');
  expect(page.workers()).toHaveLength(1);

  await press(main, 'End');
  await expect(main).toHaveAttribute('state', 'idle');
  await expect.poll(() => page.workers().length).toBe(0);
  // As the only machine, it starts without a question.
  await run(page, 'new-proc');
  await expect(cell(page, 'new-proc')).toHaveAttribute('state', 'passed');
  expect(page.workers()).toHaveLength(1);
});

test.describe('on a device with little memory', () => {
  test('the first machine ends before the second starts, if the reader agrees @full', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'deviceMemory', { value: 4 });
    });
    await open(page);
    const [main, peer] = [bar(page, 'main'), bar(page, 'peer')];
    await run(page, 'old-proc');
    await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
    await run(page, 'new-proc');
    await expect(peer).toContainText('Starting this one ends “main”');
    await expect(main).toHaveAttribute('state', 'ready');
    await press(peer, 'End “main” and start this');
    await expect(main).toHaveAttribute('state', 'idle');
    await expect(cell(page, 'new-proc')).toHaveAttribute('state', 'passed');
    expect(page.workers()).toHaveLength(1);
  });
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 375, height: 700 } });

  test('there is room for one machine, and the bars fit', async ({ page }) => {
    await open(page);
    await run(page, 'old-proc');
    await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
    await run(page, 'new-proc');
    await expect(bar(page, 'peer')).toContainText('memory for only one');
    const overhang = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overhang).toBe(0);
  });
});

test('a hidden tab stops the time of both machines @full', async ({ page }) => {
  await open(page);
  const [main, peer] = [bar(page, 'main'), bar(page, 'peer')];
  await run(page, 'old-proc');
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  await run(page, 'new-proc');
  await press(peer, 'Start it');
  await expect(cell(page, 'new-proc')).toHaveAttribute('state', 'passed');
  const show = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await show(true);
  for (const each of [main, peer]) await expect(each).toHaveAttribute('state', 'paused');
  await show(false);
  for (const each of [main, peer]) await expect(each).toHaveAttribute('state', 'ready');
});
