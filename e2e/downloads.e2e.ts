// Every wait during a start can end, and the page explains it.
import { expect, test } from '@playwright/test';
import type { Page, Route } from '@playwright/test';
import { recordTexts } from './cell-events.ts';
import { changeCell, changeHtml, openWith } from './changed-page.ts';
import { bar } from './page-parts.ts';
import { fullUnless } from './tiers.ts';

const kernel = (page: Page) => page.locator('course-cell#which-kernel');
const press = (page: Page, name: string) =>
  kernel(page).getByRole('button', { name, exact: true }).click();

const files = [
  ['the entry of the snapshot', /snapshot\.json/],
  ['the snapshot', /snapshot-\w+\.bin/],
  ['the engine', /v86\.[\w-]+\.wasm/],
  ['the worker', /machine\.worker/],
] as const;

const silent = (): Promise<void> => new Promise(() => {});

/** A step that reads parts of the disk that the snapshot does not hold. */
const readCrun = { command: 'cat /usr/bin/crun > /dev/null', output: [], status: 0 };

for (const [what, file] of files) {
  const tag = fullUnless(what === 'the snapshot');
  test(`a server that does not answer for ${what} is asked again, and the page says so${tag}`, async ({
    page,
  }) => {
    let asked = 0;
    await page.route(file, (route: Route) => (asked++ ? route.continue() : silent()));
    await page.goto('');
    const heard = await recordTexts(bar(page).getByRole('status'));
    // On a slow computer, a pointer would rest on the button and make the first request.
    await kernel(page).getByRole('button', { name: 'Run', exact: true }).dispatchEvent('click');
    await expect(kernel(page)).toHaveAttribute('state', 'passed');
    expect(await heard()).toContain('The download of the machine has stalled. Trying again.');
    expect(asked).toBeGreaterThan(1);
  });

  test(`Cancel and Stop end the wait for ${what} at once, and Run works again @full`, async ({
    page,
  }) => {
    await page.route(file, silent);
    await page.goto('');
    for (const cancel of [
      () => bar(page).getByRole('button', { name: 'Cancel' }).click(),
      () => press(page, 'Stop'),
    ]) {
      await press(page, 'Run');
      await expect(bar(page)).toHaveAttribute('state', 'fetching');
      await expect(kernel(page)).toHaveAttribute('state', 'queued');
      await cancel();
      await expect(bar(page)).toHaveAttribute('state', 'idle');
      await expect(kernel(page)).toHaveAttribute('state', 'stopped');
    }
    await page.unroute(file);
    await press(page, 'Run');
    await expect(kernel(page)).toHaveAttribute('state', 'passed');
  });
}

test('all files of a start are requested before the first of them has arrived', async ({
  page,
}) => {
  const asked = new Set<string>();
  const isEntry = /snapshot\.json/;
  for (const [what, file] of files) {
    await page.route(file, (route) => {
      asked.add(what);
      return isEntry.test(route.request().url()) ? route.continue() : silent();
    });
  }
  await page.goto('');
  await press(page, 'Run');
  await expect.poll(() => asked.size).toBe(files.length);
  await expect(bar(page)).toContainText(/Downloading the machine: 0\.0 of \d\.\d MB/);
});

test('a part of the disk that does not arrive is requested again, and the step continues @full', async ({
  page,
}) => {
  test.setTimeout(180_000);
  let asked = 0;
  await page.route(/parts\/\w+\.bin/, (route) => (asked++ ? route.continue() : silent()));
  // Shorter than the download waits for bytes: the wait does not count as time of the step.
  await openWith(page, readCrun.command, { timeout: 8 });
  await press(page, 'Run');
  await expect(kernel(page)).toHaveAttribute('state', 'passed', { timeout: 100_000 });
  expect(asked).toBeGreaterThan(1);
});

test('the page says that a part of the disk does not arrive, and Stop, Reset and Run work @full', async ({
  page,
}) => {
  let isBroken = true;
  await page.route(/parts\/\w+\.bin/, (route) => (isBroken ? silent() : route.continue()));
  await openWith(page, readCrun.command);
  const heard = await recordTexts(bar(page).getByRole('status'));
  const wait = 'The machine is waiting for a part of its disk to download.';
  await press(page, 'Run');
  await expect(bar(page).locator('.machine-state')).toHaveText(wait);
  isBroken = false;
  await press(page, 'Stop');
  await expect(kernel(page)).toHaveAttribute('state', 'stopped');
  await press(page, 'Reset');
  await press(page, 'Run');
  await expect(kernel(page)).toHaveAttribute('state', 'passed');
  expect(await heard()).toContain(wait);
});

test('while the network is away, a running machine waits for its disk, and keeps its state @full', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const asked = new Map<string, number>();
  let isOnline = false;
  await page.route(/parts\/\w+\.bin/, (route) => {
    const url = route.request().url();
    asked.set(url, (asked.get(url) ?? 0) + 1);
    return isOnline ? route.continue() : route.abort('internetdisconnected');
  });
  const steps = [
    { command: 'touch /tmp/before', output: [], status: 0 },
    readCrun,
    { command: 'ls /tmp/before', output: ['/tmp/before'], status: 0 },
  ];
  await changeHtml(page, (html) =>
    changeCell(html, 'which-kernel', (data) => ({ ...data, steps, timeout: 5 })),
  );
  await page.goto('');
  const heard = await recordTexts(bar(page).getByRole('status'));
  await press(page, 'Run');
  await expect.poll(() => Math.max(...asked.values()), { timeout: 30_000 }).toBeGreaterThan(3);
  isOnline = true;
  await expect(kernel(page)).toHaveAttribute('state', 'passed', { timeout: 60_000 });
  expect(await heard()).toContain('A part of the machine could not be downloaded. Trying again.');
});

test('a page whose files a deploy has removed asks for a reload @full', async ({ page }) => {
  const file = /machine\.worker|v86\.[\w-]+\.wasm|snapshot-\w+\.bin/;
  await page.route(file, (route) => route.fulfill({ status: 404 }));
  await page.goto('');
  await press(page, 'Run');
  await expect(bar(page)).toHaveAttribute('state', 'failed');
  await expect(bar(page)).toContainText('The course may have changed');
  await page.unroute(file);
  const loaded = page.waitForEvent('load');
  await bar(page).getByRole('button', { name: 'Reload the page' }).click();
  await loaded;
  await press(page, 'Run');
  await expect(kernel(page)).toHaveAttribute('state', 'passed');
});
