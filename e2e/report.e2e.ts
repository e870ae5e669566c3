// The links to report a problem.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { repositoryUrl } from '../src/site.ts';
import { changeHtml } from './changed-page.ts';
import { button, cell } from './page-parts.ts';

const repository = 'https://git.example/ann/course';
const image = 'course 0a1b2c3d, Linux 6.12';

/** Gives the pages the links of a build whose repository is known. The build under test may know none, or another. */
async function setRepository(page: Page, change = (html: string) => html): Promise<void> {
  await changeHtml(page, (html) => {
    const rest = html.replace(/<report-link [^]*?<\/report-link>/, '');
    const link = `<report-link data-repository="${repository}" data-image="${image}"><a href="/">Report a problem</a></report-link>`;
    if (!rest.includes('</main>')) throw new Error('The page has no </main>.');
    return change(rest.replace('</main>', `${link}</main>`));
  });
}

test('a build has the link if and only if its repository is known', async ({ page }) => {
  await page.goto('');
  const link = page.getByRole('link', { name: 'Report a problem', exact: true });
  await expect(link).toHaveCount(repositoryUrl ? 1 : 0);
});

test('a page links to the form for problems, with its address, the image and the browser', async ({
  page,
}) => {
  await setRepository(page);
  await page.goto('');
  const link = page.getByRole('link', { name: 'Report a problem', exact: true });
  await expect(link).toHaveAttribute('href', '/');
  await link.focus();
  await expect(link).toHaveAttribute('href', /browser=/);
  const address = new URL((await link.getAttribute('href')) ?? '');
  expect(address.href.startsWith(`${repository}/issues/new?template=problem.yml`)).toBe(true);
  const { searchParams: fields } = address;
  expect(fields.get('page')).toBe(page.url());
  expect(fields.get('image')).toBe(image);
  expect(fields.get('browser')).toContain('Mozilla/5.0');
  expect(fields.get('cell')).toBeNull();
});

test('a cell whose output differs has a link that names it, until it is reset @full', async ({
  page,
}) => {
  await setRepository(page, (html) => html.replaceAll('i686', 'z80'));
  await page.goto('');
  const kernel = cell(page, 'which-kernel');
  const link = kernel.getByRole('link', { name: 'Report a problem with this cell' });
  await button(kernel, 'Run').click();
  await expect(kernel).toHaveAttribute('state', 'differs');
  await expect(link).toHaveAttribute('href', /[?&]cell=which-kernel$/);
  await button(kernel, 'Reset').click();
  await expect(kernel).toHaveAttribute('state', 'idle');
  await expect(link).toHaveCount(0);
});
