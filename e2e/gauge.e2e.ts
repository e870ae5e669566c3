// The gauge of a control group's memory, on the real machine.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { bar, button, cell, expectPassed } from './page-parts.ts';
import { screen } from './terminal-parts.ts';

const chapter = 'chapters/cgroups/';
const gauge = (page: Page): Locator => page.locator('course-memory-gauge');
const meter = (page: Page): Locator => gauge(page).getByRole('meter');
const value = (page: Page, part: string): Locator => gauge(page).locator(`.${part} .value`);
/** The sentence that is shown. All others are hidden. */
const says = (page: Page): Locator => gauge(page).locator('[data-when]').filter({ visible: true });
const used = async (page: Page): Promise<number> =>
  Number(await meter(page).getAttribute('aria-valuenow'));

const MIB = 2 ** 20;
/** Has a process in the group use more than 6 MiB until it is killed. */
const HOLD =
  '(echo $BASHPID > box/cgroup.procs; (head -c 6M /dev/zero; sleep 1000) | tail > /dev/null) &';
/** Has a process in the group use more than the hard limit. */
const EXCEED =
  "echo max > box/memory.high; sh -c 'echo $$ > box/cgroup.procs; exec tail /dev/zero'";

async function run(page: Page, id: string): Promise<void> {
  await button(cell(page, id), 'Run').click();
  await expectPassed(cell(page, id), 60_000);
}

/** Types a command at the prompt below a cell, and brings the gauge into view again. */
async function type(page: Page, id: string, command: string): Promise<void> {
  const prompt = cell(page, id).getByRole('textbox');
  await prompt.fill(command);
  await prompt.press('Enter');
  await expect(prompt).toHaveValue('');
  await gauge(page).scrollIntoViewIfNeeded();
}

/** Counts the observations of the kernel that are under way, from before the page loads. */
async function countObservations(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const open = new Set<number>();
    Object.assign(globalThis, { observations: open });
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const { type, id, method } = given[0] as { type: string; id: number; method?: string };
      if (type === 'subscribe' && method === 'observe') open.add(id);
      if (type === 'unsubscribe') open.delete(id);
      return Reflect.apply(postMessage, this, given);
    } as Worker['postMessage'];
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { observations: Set<number> }).observations.size);
}

test('the gauge follows a group of the machine until it is removed, and starts nothing @full', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(chapter, { waitUntil: 'networkidle' });
  await gauge(page).scrollIntoViewIfNeeded();
  await expect(says(page)).toContainText(
    'The values appear once the cell Outside: a group with 16 MiB has run',
  );
  await expect(meter(page)).toHaveCount(0);
  await expect(button(gauge(page), 'Run')).toHaveCount(0);
  expect(requests.filter((url) => /follow-group|worker/.test(url))).toEqual([]);

  await run(page, 'box-outside');
  await gauge(page).scrollIntoViewIfNeeded();
  await expect(says(page)).toHaveText(/^\s*The group uses 0 B of 16 MiB\.\s*$/);
  await expect(meter(page)).toHaveAttribute('aria-valuetext', '0 B of 16 MiB');
  await expect(meter(page)).toHaveAttribute('aria-valuemax', String(16 * MIB));
  await expect(value(page, 'max')).toHaveText('16 MiB');
  await expect(value(page, 'high')).toHaveText('no limit');
  await expect(value(page, 'kills')).toHaveText('0');

  await type(page, 'box-outside', HOLD);
  await expect.poll(() => used(page)).toBeGreaterThan(6 * MIB);
  await expect(says(page)).toHaveText(/uses ([6-9]|1\d)(\.\d)? MiB of 16 MiB/);
  await type(page, 'box-outside', 'echo 12M > box/memory.high');
  await expect(value(page, 'high')).toHaveText('12 MiB');
  await expect(meter(page).locator('line.high')).toHaveAttribute('x1', '75%');
  await type(page, 'box-outside', 'echo 1 > box/cgroup.kill');
  await expect.poll(() => used(page)).toBeLessThan(3 * MIB);
  await expect(value(page, 'highest')).toHaveText(/^([6-9]|1\d)(\.\d)? MiB$/);
  await type(page, 'box-outside', EXCEED);
  await expect(value(page, 'kills')).toHaveText('1');

  await type(page, 'box-outside', 'rmdir box');
  await expect(says(page)).toContainText('The group no longer exists.');
  await expect(value(page, 'used')).toHaveText('');
  await expect(value(page, 'kills')).toHaveText('1');
  await expect(value(page, 'highest')).toHaveText(/MiB$/);

  await button(bar(page), 'Reset').click();
  await gauge(page).scrollIntoViewIfNeeded();
  await expect(says(page)).toContainText('The machine has no such group at the moment.');
  await expect(value(page, 'highest')).toHaveText('');
});

test('the command of the text makes the group grow', async ({ page }) => {
  await page.goto(chapter);
  await run(page, 'box-outside');
  await gauge(page).scrollIntoViewIfNeeded();
  await expect(meter(page)).toHaveAttribute('aria-valuenow', '0');
  await button(page, 'Type it in the terminal').click();
  await expect(screen(page)).toContainText('tail > /dev/null');
  await page.keyboard.press('Enter');
  await expect.poll(() => used(page)).toBeGreaterThan(2 * MIB);
});

test('it observes the machine only while it can be seen @full', async ({ page }) => {
  const observations = await countObservations(page);
  await page.goto(chapter);
  await run(page, 'box-outside');
  await gauge(page).scrollIntoViewIfNeeded();
  await expect.poll(observations).toBe(1);
  await expect(meter(page)).toBeVisible();
  await page.keyboard.press('End');
  await expect(gauge(page)).not.toBeInViewport();
  await expect.poll(observations).toBe(0);
  // Once it is in view again, it observes again.
  await page.evaluate(() => scrollTo(0, 0));
  await gauge(page).scrollIntoViewIfNeeded();
  await expect.poll(observations).toBe(1);
  await gauge(page).evaluate((element) => element.remove());
  await expect.poll(observations).toBe(0);
});

test('on paper it explains its parts @full', async ({ page }) => {
  await page.goto(chapter);
  await run(page, 'box-outside');
  await gauge(page).scrollIntoViewIfNeeded();
  await expect(meter(page)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(meter(page)).toHaveCount(0);
  await expect(gauge(page).locator('.sample')).toBeVisible();
  await expect(value(page, 'max')).toBeHidden();
  await expect(says(page)).toContainText('The values appear once the cell');
});

test('the last values of a stopped machine stay until it is ended @full', async ({ page }) => {
  const observations = await countObservations(page);
  await page.goto(chapter);
  await run(page, 'box-outside');
  await gauge(page).scrollIntoViewIfNeeded();
  await expect(meter(page)).toBeVisible();
  await type(page, 'box-outside', 'poweroff -f');
  await expect(says(page)).toContainText('The machine has stopped.');
  await expect(value(page, 'max')).toHaveText('16 MiB');
  expect(await observations()).toBe(0);
  await button(bar(page), 'End').click();
  await expect(says(page)).toContainText('The values appear once the cell');
  await expect(value(page, 'max')).toHaveText('');
  await expect(meter(page)).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the gauge has no fault for axe in ${scheme}, and fits 320 pixels @full`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(chapter);
    const problems: string[] = [];
    const look = async (): Promise<void> => {
      const found = await new AxeBuilder({ page }).include('course-memory-gauge').analyze();
      problems.push(...found.violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    };
    await look();
    await run(page, 'box-outside');
    await gauge(page).scrollIntoViewIfNeeded();
    await expect(meter(page)).toBeVisible();
    await look();
    expect(problems).toEqual([]);
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the gauge explains its parts', async ({ page }) => {
    await page.goto(chapter);
    await expect(gauge(page).locator('.bar').filter({ visible: true })).toHaveCount(1);
    for (const text of ['memory.current', 'memory.high', 'memory.max', 'OOM kills']) {
      await expect(gauge(page)).toContainText(text);
    }
    await expect(says(page)).toContainText(
      'The values appear once the cell Outside: a group with 16 MiB has run',
    );
    await expect(says(page).getByRole('link')).toHaveAttribute('href', '#box-outside');
  });
});
