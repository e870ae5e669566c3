// A page on another image than the default one, and a page whose snapshot the local server is still making.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { answerPending } from '../src/machine/image/pending-snapshot.ts';
import type { PendingSnapshot } from '../src/machine/image/pending-snapshot.ts';
import { IMAGE_META } from '../src/with-base.ts';
import { changeHtml } from './changed-page.ts';
import { bar, button, cell, expectPassed } from './page-parts.ts';

const entry = /\/machine\/\w+\/snapshot\.json$/;
const kernel = (page: Page) => cell(page, 'which-kernel');

/** Answers requests for the snapshot's entry as a local server that is still making it. */
async function setPending(page: Page, get: () => PendingSnapshot | undefined): Promise<void> {
  await page.route(entry, (route) => {
    const pending = get();
    return pending ? route.fulfill(answerPending(pending)) : route.continue();
  });
}

test('Run waits for a snapshot that is being made, shows the steps, and goes on by itself @full', async ({
  page,
}) => {
  let pending: PendingSnapshot | undefined = { done: 0, of: 0 };
  await setPending(page, () => pending);
  await page.goto('');
  await button(kernel(page), 'Run').click();
  await expect(bar(page)).toContainText('This computer is still making the machine for this page.');
  pending = { done: 3, of: 7 };
  await expect(bar(page)).toContainText('3 of 7 steps are done.');
  const progress = bar(page).getByRole('progressbar', { name: 'Making the machine' });
  await expect(progress).toHaveJSProperty('value', 3);
  pending = undefined;
  await expectPassed(kernel(page), 60_000);
});

test('the wait for a snapshot can be cancelled, and a later Run starts anew @full', async ({
  page,
}) => {
  let pending: PendingSnapshot | undefined = { done: 1, of: 7 };
  await setPending(page, () => pending);
  await page.goto('');
  await button(kernel(page), 'Run').click();
  await expect(bar(page)).toContainText('1 of 7 steps');
  await button(bar(page), 'Cancel').click();
  await expect(bar(page)).toContainText('Press Run to start a Linux machine in this page.');
  await expect(kernel(page)).toHaveAttribute('state', 'stopped');
  pending = undefined;
  await button(kernel(page), 'Run').click();
  await expectPassed(kernel(page), 60_000);
});

test('a snapshot that cannot be made ends the wait with the reason and the next step @full', async ({
  page,
}) => {
  await setPending(page, () => ({ failed: 'The kernel panicked.' }));
  await page.goto('');
  await button(kernel(page), 'Run').click();
  await expect(bar(page)).toContainText('This computer could not make the machine for this page.');
  await expect(bar(page)).toContainText('start the server again');
  await expect(bar(page).locator('.machine-reason p')).toHaveText('NotMade: The kernel panicked.');
});

test('cells, bar and terminal of a page use the image that the page names, and fetch no list of another', async ({
  page,
}) => {
  await changeHtml(page, (html) =>
    html.replace('<head>', `<head><meta name="${IMAGE_META}" content="other">`),
  );
  // The other image is the default one under another name.
  const asked: string[] = [];
  await page.route(/\/machine\/.*\.json$/, async (route) => {
    const url = route.request().url();
    asked.push(url.replace(/.*\/machine\//, ''));
    const response = await route.fetch({ url: url.replace('/other/', '/course/') });
    await route.fulfill({ response });
  });
  await page.goto('');
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await expect(bar(page)).toContainText('The machine is ready.', { timeout: 60_000 });
  await button(kernel(page), 'Run').click();
  await expectPassed(kernel(page), 60_000);
  expect(asked).toEqual(['other/snapshot.json']);
});

/** Opens the home page as if its image were as large as this. */
async function openLarge(page: Page, machines: number): Promise<void> {
  const cost = JSON.stringify({ megabytes: 22, machines }).replaceAll('"', '&quot;');
  await changeHtml(page, (html) =>
    html.replaceAll('<machine-bar ', `<machine-bar data-cost="${cost}" `),
  );
  await page.goto('');
}

test('a page with a large image states its download before the start', async ({ page }) => {
  await openLarge(page, 4);
  await expect(bar(page)).toContainText('Run downloads about 22 MB.');
  await expect(bar(page)).not.toContainText('too little memory');
});

test('a device with little memory is warned of a large image, and of no other @full', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'deviceMemory', { value: 4 });
  });
  await openLarge(page, 1.25); // the machine of the chapter on Docker Engine
  await expect(bar(page)).toContainText('This device may have too little memory for this machine.');
  await page.unrouteAll();
  await openLarge(page, 1);
  await expect(bar(page)).toContainText('Run downloads about 22 MB.');
  await expect(bar(page)).not.toContainText('too little memory');
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 375, height: 700 } });

  test('that does not report its memory, a large image comes with a warning @full', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'deviceMemory', { value: undefined });
    });
    await openLarge(page, 1.25);
    await expect(bar(page)).toContainText('This device may have too little memory');
  });
});
