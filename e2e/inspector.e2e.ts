// The inspector: how it opens and closes, what it draws, how it follows a namespace, and how it looks.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { recordTexts } from './cell-events.ts';
import { addMachine, changeHtml } from './changed-page.ts';
import { button, cell, expectPassed } from './page-parts.ts';
import { open as openTerminal, terminal } from './terminal-parts.ts';

const chapter = 'chapters/pid-namespaces/';

const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' });
const view = (page: Page, name: string): Locator => page.getByRole('tabpanel', { name });
/** The innermost box with this title: the host's, or that of processes in other namespaces. */
const box = (page: Page, title: string): Locator =>
  view(page, 'Processes')
    .getByRole('listitem')
    .filter({ has: page.getByRole('toolbar', { name: `Namespaces: ${title}`, exact: true }) })
    .last();
/** A namespace in that box. */
const chip = (page: Page, title: string, name: string): Locator =>
  button(page.getByRole('toolbar', { name: `Namespaces: ${title}`, exact: true }), name);
/** A process of the drawing by the beginning of its name. */
const process = (page: Page, name: string): Locator =>
  view(page, 'Processes')
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^\\s*PID \\d+\\s+${name}`) });
const FOLLOWED = 'in the followed namespace';

async function openWith(page: Page, path: string, id: string): Promise<Locator> {
  await page.goto(path);
  const shown = cell(page, id);
  await button(shown, 'Show in the inspector').click();
  await expect(inspector(page)).toBeVisible();
  return shown;
}

/** Waits for the process in the new PID namespace, and for the end of the cell's own short sleep. */
async function seesSleep(page: Page): Promise<void> {
  const sleeping = process(page, 'sleep');
  await expect(sleeping.filter({ hasText: 'inside: PID 1' })).toBeVisible();
  await expect(sleeping).toHaveCount(1);
}

/** Opens the inspector for the cell that starts a process in a new PID namespace, and runs the cell. */
async function openRunning(page: Page): Promise<void> {
  const shown = await openWith(page, chapter, 'two-numbers');
  await button(shown, 'Run').click();
  await expectPassed(shown, 60_000);
  await seesSleep(page);
}

test('nothing of the inspector loads before it opens', async ({ page }) => {
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(response.url()));
  await page.goto(chapter);
  await expect(button(page, 'Inspector')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(loaded.filter((url) => url.includes('course-inspector'))).toEqual([]);
  await button(page, 'Inspector').click();
  await expect(inspector(page)).toBeVisible();
  expect(loaded.filter((url) => url.includes('course-inspector'))).not.toEqual([]);
  expect(loaded.filter((url) => /v86|worker/.test(url))).toEqual([]);
});

test('it opens by its button and its key, starts the machine on request, and gives the focus back @full', async ({
  page,
}) => {
  await page.goto(chapter);
  await button(page, 'Inspector').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Processes' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(inspector(page)).toBeHidden();
  await expect(button(page, 'Inspector')).toBeFocused();
  await page.keyboard.press('Control+Shift+Backquote');
  await expect(page.getByRole('tab', { name: 'Processes' })).toBeFocused();
  await expect(inspector(page)).toContainText('The machine is off.');
  await button(inspector(page), 'Start it').click();
  await expect(process(page, 'init')).toBeVisible({ timeout: 60_000 });
  await expect(box(page, 'The host')).toContainText('2 processes');
  await page.keyboard.press('Control+Shift+Backquote');
  await expect(inspector(page)).toBeHidden();
  await expect(button(page, 'Inspector')).toBeFocused();
});

test('a cell shows its processes in their namespaces while it runs, and when each appeared', async ({
  page,
}) => {
  const shown = await openWith(page, chapter, 'two-numbers');
  const heard = await recordTexts(inspector(page).getByRole('status'));
  await button(shown, 'Run').click();
  await expectPassed(shown, 60_000);
  await seesSleep(page);
  const other = box(page, 'Separate from the host: pid');
  await expect(other).toContainText('Appeared in step');
  await expect(other).toContainText('of “One process, two numbers”');
  await expect(page.getByRole('combobox', { name: 'Group by' })).toHaveValue('pid');
  await expect.poll(heard).toContainEqual(expect.stringContaining('appeared'));
  await button(cell(page, 'two-numbers'), 'Reset').click();
  await expect(other).toBeHidden();
});

test('changes made while it is closed are not announced once it reopens @full', async ({
  page,
}) => {
  await openRunning(page);
  await button(inspector(page), 'Close').click();
  const own = cell(page, 'two-numbers');
  const type = async (command: string): Promise<void> => {
    await own.getByRole('textbox', { name: /^Try a command/ }).fill(command);
    await page.keyboard.press('Enter');
    await expect(own.getByRole('log')).not.toHaveAttribute('aria-busy');
  };
  await type('sleep 1000 &');
  const announced = page.evaluate(
    () =>
      new Promise((resolve) => {
        const status = document.querySelector('course-inspector [role="status"]');
        const observer = new MutationObserver(() => resolve(status?.textContent));
        if (status) observer.observe(status, { childList: true });
      }),
  );
  await button(page, 'Inspector').click();
  await expect(process(page, 'sleep')).toHaveCount(2);
  await type('sleep 1000 & sleep 1000 &');
  await expect(process(page, 'sleep')).toHaveCount(4);
  expect(await announced).toBe('2 processes appeared.');
});

test('one namespace is followed by keyboard through the drawing and its table @full', async ({
  page,
}) => {
  await openRunning(page);
  await page.getByRole('tab', { name: 'Processes' }).focus();
  const followed = chip(page, 'Separate from the host: pid', 'pid #2 namespace');
  await followed.focus();
  await page.keyboard.press('Enter');
  await expect(followed).toHaveAttribute('aria-pressed', 'true');
  await expect(inspector(page)).toContainText('Following PID namespace #2, pid:[');
  await expect(process(page, 'sleep')).toContainText(FOLLOWED);
  await expect(process(page, 'init')).not.toContainText(FOLLOWED);
  await button(inspector(page), 'Table').click();
  const table = page.getByRole('table', { name: 'Processes and their namespaces' });
  await expect(table.getByRole('row').filter({ hasText: 'sleep' })).toContainText(FOLLOWED);
  await expect(table.getByRole('columnheader')).toHaveText(
    'PID,Program,State,Parent,PIDs inside,cgroup,ipc,mnt,net,pid,time,user,uts,cgroup path,Appeared'.split(
      ',',
    ),
  );
  const init = table.getByRole('row').filter({ hasText: 'init' });
  await expect(init.getByRole('cell', { name: '#1' })).toHaveCount(8);
  await button(inspector(page), 'Table').click();
  await page.keyboard.press('Escape');
  await expect(process(page, 'sleep')).not.toContainText(FOLLOWED);
  await expect(inspector(page)).toBeVisible();
});

test('the pointer and the arrow keys follow a namespace as long as they are on it @full', async ({
  page,
}) => {
  await openRunning(page);
  await chip(page, 'The host', 'pid #1 namespace').hover();
  await expect(process(page, 'init')).toContainText(FOLLOWED);
  await page.getByRole('tab', { name: 'Processes' }).hover();
  await expect(process(page, 'init')).not.toContainText(FOLLOWED);
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('all eight kinds');
  await chip(page, 'The host', 'cgroup #1 namespace').focus();
  await page.keyboard.press('ArrowRight');
  await expect(chip(page, 'The host', 'ipc #1 namespace')).toBeFocused();
  await expect(inspector(page)).toContainText('Following IPC namespace #1');
});

test('names of the guest are text @full', async ({ page }) => {
  await openTerminal(page);
  await page.keyboard.type('cp /usr/bin/sleep "/tmp/<b>x"; "/tmp/<b>x" 1000 &\n');
  await page.keyboard.press('Control+Shift+Backquote');
  await expect(process(page, '<b>x')).toBeVisible();
});

test('beside the page it leaves room for the terminal; in a smaller window the one opened last shows @full', async ({
  page,
}) => {
  await openTerminal(page);
  await page.keyboard.press('Control+Shift+Backquote');
  await expect(inspector(page)).toBeVisible();
  await expect(terminal(page)).toBeVisible();
  const [left, right] = [await terminal(page).boundingBox(), await inspector(page).boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
  await button(inspector(page), 'Close').click();
  await page.setViewportSize({ width: 900, height: 700 });
  await page.keyboard.press('Control+Shift+Backquote');
  await expect(inspector(page)).toBeVisible();
  await expect(terminal(page)).toBeHidden();
  await page.keyboard.press('Control+Backquote');
  await expect(terminal(page)).toBeVisible();
  await expect(inspector(page)).toBeHidden();
  // In a window that becomes small, the one with the focus stays.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('Control+Shift+Backquote');
  await button(page, 'Close').last().focus();
  await expect(terminal(page)).toBeVisible();
  await page.setViewportSize({ width: 320, height: 600 });
  await expect(page.getByRole('region', { name: /^(Terminal|Inspector)$/ })).toHaveCount(1);
});

test('on a page with two machines, a cell opens its own, and the reader can choose the other @full', async ({
  page,
}) => {
  await changeHtml(page, (html) => addMachine(html, 'peer', ['two-numbers']));
  await openWith(page, chapter, 'two-numbers');
  const machine = inspector(page).getByRole('combobox', { name: 'Machine' });
  await expect(machine).toHaveValue('peer');
  await machine.selectOption('main');
  await button(inspector(page), 'Start it').click();
  await expect(process(page, 'init')).toBeVisible({ timeout: 60_000 });
  await machine.selectOption('peer');
  await expect(inspector(page)).toContainText('The machine is off.');
  await expect(process(page, 'init')).toBeHidden();
});

test('the arrow keys change its width @full', async ({ page }) => {
  await page.goto(chapter);
  await button(page, 'Inspector').click();
  const width = async () => Math.round((await inspector(page).boundingBox())?.width ?? 0);
  const edge = inspector(page).getByRole('separator');
  await expect(edge).toHaveAttribute('aria-valuenow', '38');
  await edge.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', '43');
  await expect.poll(width).toBe(Math.round(1280 * 0.43));
  await edge.press('ArrowRight');
  await expect.poll(width).toBe(Math.round(1280 * 0.38));
  const text = await page.getByRole('main').boundingBox();
  expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual(1280 - (await width()));
});

test('an inspector that fails to load shows an error with a button to reload the page @full', async ({
  page,
}) => {
  await page.route(/course-inspector\..*\.js$/, (route) =>
    route.fulfill({ status: 404, body: '' }),
  );
  await page.goto(chapter);
  await button(page, 'Inspector').click();
  const alert = page.getByRole('alert').filter({ hasText: 'The inspector could not be loaded.' });
  await expect(alert).toBeVisible();
  await page.unroute(/course-inspector\..*\.js$/);
  await button(alert, 'Reload the page').click();
  await button(page, 'Inspector').click();
  await expect(inspector(page)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an open inspector is accessible in ${colorScheme} @full`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openRunning(page);
    await chip(page, 'Separate from the host: pid', 'pid #2 namespace').click();
    const check = async (): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).include('course-inspector').analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
      expect(found).toEqual([]);
    };
    await check();
    await button(inspector(page), 'Table').click();
    await check();
  });
}

test('at 320 px and at a zoom of 400 %, nothing scrolls sideways but the table @full', async ({
  page,
}) => {
  await openRunning(page);
  for (const height of [640, 256]) {
    await page.setViewportSize({ width: 320, height });
    for (const name of ['Processes', 'cgroups', 'Mounts', 'Network']) {
      await page.getByRole('tab', { name }).click();
      const widths = () =>
        inspector(page).evaluate((all) =>
          [all, ...all.querySelectorAll('*')]
            .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
            .map((each) => each.className),
        );
      await expect.poll(widths).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
});
