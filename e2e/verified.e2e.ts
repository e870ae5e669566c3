// The pages show the results of the last full run, and the author tools are not published.
import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { listPages } from '../scripts/site/list-pages.ts';
import { cellName } from '../src/cells/cell.ts';
import { coursePages } from '../src/course-data/course-pages.ts';

const pages = coursePages();
const pagesOfSite = await listPages('dist');

test('the page of all cells lists each cell and task, with a working link', async ({ page }) => {
  await page.goto('about/cells/');
  for (const { title, cells, tasks } of pages) {
    const links = page.getByRole('group', { name: `Cells of ${title}` }).getByRole('link');
    await expect(links).toHaveText([...cells.map(cellName), ...tasks.map((task) => task.title)]);
  }
  await expect(page.getByRole('table')).toContainText('Tasks solved');
  const last = pages.at(-1)?.cells.at(-1);
  if (!last) throw new Error('The course has no cells.');
  await page.getByRole('link', { name: cellName(last), exact: true }).click();
  await expect(page.locator(`course-cell#${last.id}`)).toBeInViewport();
});

test('a chapter names the system on which its cells were verified, and links their results @full', async ({
  page,
}) => {
  const chapter = pages.find(({ name }) => name === 'chapters/pid-namespaces');
  await page.goto(chapter?.address ?? '');
  const line = page.locator('.verified-on');
  await expect(line).toContainText(`${chapter?.cells.length} cells`);
  await line.getByRole('link').click();
  await expect(page.getByRole('heading', { name: chapter?.title ?? '' })).toBeInViewport();
});

test('a quoted value links to the cell that prints it @full', async ({ page }) => {
  await page.goto('chapters/cgroups/');
  const quoted = page.locator('a.from-cell[href="#oom-inside"]').first();
  await expect(quoted).toHaveText('137');
  await quoted.click();
  await expect(page.locator('course-cell#oom-inside')).toBeInViewport();
});

test('no published file contains the author tools', () => {
  const scripts = readdirSync('dist/_astro').filter((file) => file.endsWith('.js'));
  const files = [...scripts.map((file) => `_astro/${file}`), ...pagesOfSite];
  const traces = /__course|author-tools|data-source-file/;
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => traces.test(readFileSync(`dist/${file}`, 'utf8')))).toEqual([]);
});
