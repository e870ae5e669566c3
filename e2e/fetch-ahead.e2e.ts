// The download of a machine begins when a reader is about to press Run, and the start takes it over.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { bar, button, cell } from './page-parts.ts';

const files = /(snapshot\.json|snapshot-\w+\.bin|v86\.[\w-]+\.wasm|machine\.worker-[\w-]+\.js)$/;
const snapshot = /snapshot-\w+\.bin/;

/** The names of the files of a start that the page requests from now on, in their order. */
function requested(page: Page): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    // The browser loads the worker's script a second time, from its cache where the host allows that.
    const name = request.resourceType() === 'fetch' && files.exec(request.url())?.[1];
    if (name) names.push(name);
  });
  return names;
}

const first = (page: Page) => cell(page, 'which-kernel');
const run = (page: Page) => button(first(page), 'Run');

/** Resolves when the snapshot has arrived, the largest file of a start. */
const complete = (page: Page) =>
  page.waitForEvent('requestfinished', (at) => snapshot.test(at.url()));

/** Makes a request of its own: all that the page has requested before it are then known. */
async function reportRequests(page: Page): Promise<void> {
  const marker = page.waitForEvent('request', (request) => request.url().endsWith('?marker'));
  await page.evaluate(() => void fetch('?marker'));
  await marker;
}

test('a pointer that rests on Run begins the download and nothing else, and Run uses it', async ({
  page,
}) => {
  await page.goto('');
  const names = requested(page);
  const arrived = complete(page);
  await run(page).hover();
  await arrived;
  expect(page.workers()).toEqual([]);
  await expect(bar(page)).toHaveAttribute('state', 'idle');
  await run(page).click();
  await expect(first(page)).toHaveAttribute('state', 'passed');
  expect(names).toHaveLength(4);
  expect(new Set(names).size).toBe(4);
});

test('a press in the middle of the download takes it over, and shows its progress from then on @full', async ({
  page,
}) => {
  let arrive = (): void => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(snapshot, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('');
  const names = requested(page);
  const asked = page.waitForRequest(snapshot);
  await button(bar(page), 'Run all').hover();
  await asked;
  await expect(bar(page)).toHaveAttribute('state', 'idle');
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText(/Downloading the machine: \d\.\d of \d\.\d MB/);
  arrive();
  await expect(first(page)).toHaveAttribute('state', 'passed');
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
});

test('a pointer that leaves gives the download up, and Run begins another @full', async ({
  page,
}) => {
  await page.route(snapshot, () => new Promise(() => {}));
  await page.goto('');
  const asked = page.waitForRequest(snapshot);
  await run(page).hover();
  await asked;
  const aborted = page.waitForEvent('requestfailed', (request) => snapshot.test(request.url()));
  await page.mouse.move(0, 0);
  expect((await aborted).failure()?.errorText).toBe('net::ERR_ABORTED');
  await page.unroute(snapshot);
  await run(page).click();
  await expect(first(page)).toHaveAttribute('state', 'passed');
});

for (const name of ['Run', 'Run in the terminal', 'Run all', 'Terminal'] as const) {
  test(`the focus of “${name}” begins the download at once, and a press uses it @full`, async ({
    page,
  }) => {
    await page.goto('');
    const names = requested(page);
    const arrived = complete(page);
    const inCell = name === 'Run' || name === 'Run in the terminal';
    const target = button(inCell ? first(page) : page, name);
    await target.focus();
    await reportRequests(page);
    expect(names).toContain('snapshot.json');
    await arrived;
    await page.keyboard.press('Enter');
    await expect(bar(page)).toHaveAttribute('state', 'ready');
    expect(names).toHaveLength(4);
  });
}

test('the focus of a task’s Start begins the download, and a press uses it @full', async ({
  page,
}) => {
  await page.goto('chapters/cgroups/');
  const names = requested(page);
  const arrived = complete(page);
  await button(page.locator('course-task#limit-memory'), 'Start').focus();
  await arrived;
  expect(page.workers()).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  expect(names).toHaveLength(4);
});

test('a tap downloads nothing twice @full', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ hasTouch: true, baseURL: baseURL ?? '' });
  await page.goto('');
  const names = requested(page);
  await run(page).tap();
  await expect(first(page)).toHaveAttribute('state', 'passed');
  expect(names).toHaveLength(4);
  await page.close();
});

test('where data is to be saved, nothing is downloaded before the press @full', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  await page.goto('');
  const names = requested(page);
  await run(page).focus();
  await reportRequests(page);
  expect(names).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(first(page)).toHaveAttribute('state', 'passed');
});

test('a download ahead that fails says nothing, and Run downloads again @full', async ({
  page,
}) => {
  const engine = /v86\.[\w-]+\.wasm/;
  const asked = page.waitForRequest(snapshot);
  await page.route(engine, async (route) => {
    await asked;
    await route.fulfill({ status: 404 });
  });
  await page.route(snapshot, () => new Promise(() => {}));
  await page.goto('');
  // The failure of one file ends the download of the others.
  const ended = page.waitForEvent('requestfailed', (request) => snapshot.test(request.url()));
  await run(page).focus();
  await ended;
  await expect(bar(page)).toHaveAttribute('state', 'idle');
  await page.unroute(engine);
  await page.unroute(snapshot);
  await page.keyboard.press('Enter');
  await expect(first(page)).toHaveAttribute('state', 'passed');
});
