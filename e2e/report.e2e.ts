// The links to report a problem. A build without a known repository has none.
import { expect, test } from '@playwright/test';
import { repositoryUrl } from '../src/site.ts';
import { changeHtml } from './changed-page.ts';

const chapter = 'chapters/pid-namespaces/';

test('a page links to the form for problems, with its address, the image and the browser', async ({
  page,
}) => {
  await page.goto(chapter);
  const link = page.getByRole('link', { name: 'Report a problem', exact: true });
  if (!repositoryUrl) {
    await expect(link).toHaveCount(0);
    return;
  }
  await expect(link).toHaveAttribute('href', /browser=/);
  const address = new URL((await link.getAttribute('href')) ?? '');
  expect(address.href.startsWith(`${repositoryUrl}/issues/new?template=problem.yml`)).toBe(true);
  const { searchParams: fields } = address;
  expect(fields.get('page')).toBe(page.url());
  expect(fields.get('image')).toMatch(/^course [0-9a-f]{8}, Linux /);
  expect(fields.get('browser')).toContain('Mozilla/5.0');
  expect(fields.get('cell')).toBeNull();
});

test('a cell that failed has a link that names it, until it passes', async ({ page }) => {
  await page.goto(chapter);
  const cell = page.locator('course-cell').nth(1);
  const end = (verdict: string) =>
    cell.evaluate((element, result) => {
      const detail = { id: element.id, verdict: result, outcomes: [] };
      element.dispatchEvent(new CustomEvent('cell-outcome', { bubbles: true, detail }));
    }, verdict);
  const link = cell.getByRole('link', { name: 'Report a problem with this cell' });
  await end('differs');
  if (repositoryUrl) {
    const id = (await cell.getAttribute('id')) ?? '';
    await expect(link).toHaveAttribute('href', new RegExp(`[?&]cell=${id}$`));
  }
  await end('passed');
  await expect(link).toHaveCount(0);
});

test('the link of a cell goes when the cell runs again or is reset', async ({ page }) => {
  test.skip(!repositoryUrl, 'Without a known repository there are no links.');
  await changeHtml(page, (html) => html.replaceAll('i686', 'z80'));
  await page.goto('');
  const cell = page.locator('course-cell#which-kernel');
  const button = (name: string) => cell.getByRole('button', { name, exact: true });
  const link = cell.getByRole('link', { name: 'Report a problem with this cell' });
  await button('Run').click();
  await expect(link).toBeVisible();
  await button('Reset').click();
  await expect(cell).toHaveAttribute('state', 'idle');
  await expect(link).toHaveCount(0);
});
