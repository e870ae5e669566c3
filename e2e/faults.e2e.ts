// The page's messages when a part of the machine is missing, damaged or dies.
import { expect, test } from '@playwright/test';
import type { Page, Route } from '@playwright/test';
import { openWithLongCell } from './changed-page.ts';
import { bar } from './page-parts.ts';

const kernel = (page: Page) => page.locator('course-cell#which-kernel');
const run = (page: Page) => kernel(page).getByRole('button', { name: 'Run', exact: true });

async function changeBody(route: Route, change: (body: Buffer) => Buffer): Promise<void> {
  const response = await route.fetch();
  await route.fulfill({ response, body: change(await response.body()) });
}

const faults = [
  {
    what: 'a missing snapshot',
    file: /snapshot-\w+\.bin/,
    fault: (route: Route) => route.fulfill({ status: 404 }),
    words: 'A part of the machine is missing from the server.',
    name: 'MissingFile',
  },
  {
    what: 'a truncated snapshot',
    file: /snapshot-\w+\.bin/,
    fault: (route: Route) => changeBody(route, (body) => body.subarray(0, -100)),
    words: 'A part of the machine arrived damaged.',
    name: 'CorruptFile',
  },
  {
    what: 'a corrupted snapshot',
    file: /snapshot-\w+\.bin/,
    fault: (route: Route) =>
      changeBody(route, (body) => {
        body[5000] = (body[5000] ?? 0) ^ 1;
        return body;
      }),
    words: 'A part of the machine arrived damaged.',
    name: 'CorruptFile',
  },
  {
    what: 'an unreachable server',
    file: /snapshot-\w+\.bin/,
    fault: (route: Route) => route.abort(),
    words: 'A part of the machine could not be downloaded.',
    name: 'NetworkFailed',
  },
  {
    what: 'an entry of the snapshot of another version',
    file: /snapshot\.json/,
    fault: (route: Route) => route.fulfill({ json: { format: 1 } }),
    words: 'The list of the machine’s parts does not match this page.',
    name: 'BadManifest',
  },
  {
    what: 'a missing engine',
    file: /v86\.[\w-]+\.wasm/,
    fault: (route: Route) => route.fulfill({ status: 404 }),
    words: 'A part of the machine is missing from the server.',
    name: 'MissingFile',
  },
  {
    what: 'a damaged engine',
    file: /v86\.[\w-]+\.wasm/,
    fault: (route: Route) => changeBody(route, (body) => body.subarray(0, 1000)),
    words: 'A part of the machine arrived damaged.',
    name: 'CorruptFile',
  },
  {
    what: 'a page in place of the entry of the snapshot',
    file: /snapshot\.json/,
    fault: (route: Route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
    words: 'A part of the machine arrived damaged.',
    name: 'CorruptFile',
  },
  {
    what: 'a missing worker',
    file: /machine\.worker/,
    fault: (route: Route) => route.fulfill({ status: 404 }),
    words: 'A part of the machine is missing from the server.',
    name: 'MissingFile',
  },
  {
    what: 'a worker that is not a script',
    file: /machine\.worker/,
    fault: (route: Route) => route.fulfill({ body: 'text', contentType: 'text/plain' }),
    words: 'The program that runs the machine could not be loaded.',
    name: 'WorkerMissing',
  },
];

for (const { what, file, fault, words, name } of faults) {
  test(`${what} is reported by name, and Start again works once it is repaired @full`, async ({
    page,
  }) => {
    await page.route(file, fault);
    await page.goto('');
    await run(page).click();
    await expect(bar(page)).toHaveAttribute('state', 'failed');
    await expect(bar(page).getByRole('status')).toContainText(words);
    await expect(kernel(page)).toHaveAttribute('state', 'crashed');
    await expect(kernel(page).getByRole('status')).toContainText(words);
    await bar(page).getByText('What happened').click();
    await expect(bar(page).getByText(`${name}:`)).toBeVisible();
    await page.unroute(file);
    await bar(page).getByRole('button', { name: 'Start again' }).click();
    await expect(bar(page)).toHaveAttribute('state', 'ready');
    await run(page).click();
    await expect(kernel(page)).toHaveAttribute('state', 'passed');
  });
}

test('a worker that crashes while a cell runs fails the cell, and the next run recovers', async ({
  page,
}) => {
  const zombie = await openWithLongCell(page);
  await zombie.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(zombie).toHaveAttribute('state', 'running');
  const [worker] = page.workers();
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('a crash for the test');
    });
  });
  await expect(zombie).toHaveAttribute('state', 'crashed');
  await expect(bar(page)).toHaveAttribute('state', 'failed');
  await expect(bar(page).getByRole('status')).toContainText('The machine’s worker has stopped.');
  await zombie.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(zombie).toHaveAttribute('state', 'passed');
});

test('an error that v86 reports to nobody ends the machine by name @full', async ({ page }) => {
  await page.goto('');
  await run(page).click();
  await expect(kernel(page)).toHaveAttribute('state', 'passed');
  const [worker] = page.workers();
  await worker?.evaluate(() => void Promise.reject(new Error('no memory for the guest')));
  await expect(bar(page)).toHaveAttribute('state', 'failed');
  await bar(page).getByText('What happened').click();
  await expect(bar(page).getByText('no memory for the guest')).toBeVisible();
});

test('a worker that stops answering is detected @full', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('');
  await run(page).click();
  await expect(kernel(page)).toHaveAttribute('state', 'passed');
  const [worker] = page.workers();
  await worker?.evaluate(() => {
    setTimeout(() => {
      for (;;); // like a bug in the engine
    });
  });
  await run(page).click();
  await expect(kernel(page)).toHaveAttribute('state', 'crashed', { timeout: 60_000 });
  await expect(bar(page).getByRole('button', { name: 'Start again' })).toBeVisible();
  await run(page).click();
  await expect(kernel(page)).toHaveAttribute('state', 'passed');
});
