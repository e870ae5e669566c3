// What the pages say of the last full run.
import { expect, test } from '@playwright/test';
import { coursePages } from '../src/course-data/course-pages.ts';

const pages = coursePages();

test('the page of all cells lists each cell, with a link that leads to it', async ({ page }) => {
  await page.goto('about/cells/');
  for (const { title, cells } of pages) {
    const links = page.getByRole('group', { name: `Cells of ${title}` }).getByRole('link');
    await expect(links).toHaveText(cells.map(({ id }) => id));
  }
  const last = pages.at(-1)?.cells.at(-1)?.id ?? '';
  await page.getByRole('link', { name: last, exact: true }).click();
  await expect(page.locator(`course-cell#${last}`)).toBeInViewport();
});

test('a chapter says on what its cells were verified, and links their results', async ({
  page,
}) => {
  const chapter = pages.find(({ name }) => name === 'chapters/pid-namespaces');
  await page.goto(chapter?.address ?? '');
  const line = page.locator('.verified-on');
  await expect(line).toContainText(`${chapter?.cells.length} cells`);
  await line.getByRole('link').click();
  await expect(page.getByRole('heading', { name: chapter?.title ?? '' })).toBeInViewport();
});

test('a value that is quoted leads to the cell that prints it', async ({ page }) => {
  await page.goto('chapters/cgroups/');
  const quoted = page.locator('a.from-cell[href="#oom-inside"]').first();
  await expect(quoted).toHaveText('137');
  await quoted.click();
  await expect(page.locator('course-cell#oom-inside')).toBeInViewport();
});
