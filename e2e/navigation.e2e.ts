// Navigation: with the keyboard, the search, the theme switch and a wrong address.
import { expect, test } from '@playwright/test';
import { collectFaults } from './page-faults.ts';
import { fullUnless } from './tiers.ts';

const chapter = 'chapters/pid-namespaces/';

test('the first Tab stop skips to the text', async ({ page }) => {
  await page.goto(chapter);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#_top$/);
  await page.keyboard.press('Tab');
  const isInMain = await page.evaluate(() => document.activeElement?.closest('main') !== null);
  expect(isInMain).toBe(true);
});

test('a diagram can be reached and opened as text with the keyboard @full', async ({ page }) => {
  await page.goto(chapter);
  const figure = page.locator('figure.diagram').first();
  // The last stop before the diagram; one that scrolls is a stop of its own.
  await figure.locator('summary').focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(figure.locator('summary')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figure.locator('details p')).toBeVisible();
});

test('the search finds a chapter, and the security policy lets it', async ({ page, baseURL }) => {
  const faults = collectFaults(page, baseURL ?? '');
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('namespace');
  const result = page
    .getByRole('dialog')
    .getByRole('link', { name: /PID namespaces/ })
    .first();
  await result.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(chapter));
  expect(faults).toEqual([]);
});

for (const [what, files] of [
  ['its index', '**/pagefind/pagefind.js'],
  ['its script', '**/_astro/ui-core.*.js'],
  ['the words of the site', '**/pagefind/*.pf_meta'],
] as const) {
  test(`a search that could not load ${what} says so and offers to reload @full`, async ({
    page,
  }) => {
    let isMissing = true;
    await page.route(files, (route) =>
      isMissing ? route.fulfill({ status: 404, body: '' }) : route.continue(),
    );
    await page.goto('');
    await page.getByRole('button', { name: 'Search' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('The search could not be loaded.')).toBeVisible();
    const reload = dialog.getByRole('button', { name: 'Reload the page' });
    isMissing = false;
    const loaded = page.waitForEvent('load');
    await reload.click();
    await loaded;
    await page.getByRole('button', { name: 'Search' }).click();
    await dialog.getByRole('textbox').fill('namespace');
    await expect(dialog.getByRole('link', { name: /PID namespaces/ }).first()).toBeVisible();
    await expect(dialog.getByText('The search could not be loaded.')).toBeHidden();
  });
}

test('the search finds each chapter by its title, and chapters before other pages @full', async ({
  page,
}) => {
  await page.goto('');
  const links = page.getByRole('navigation', { name: 'Main' }).locator('a[href*="/chapters/"]');
  const chapters = await links.evaluateAll((found) =>
    found.map((link) => ({ title: link.textContent.trim(), address: link.getAttribute('href') })),
  );
  expect(chapters.length).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog');
  for (const { title, address } of chapters) {
    await dialog.getByRole('textbox').fill(title);
    // The same words may also occur in an excerpt.
    await expect(dialog.locator('.pagefind-ui__message')).toContainText(`for ${title}`);
    const results = dialog.locator('.pagefind-ui__result-link');
    // Another chapter may have the same word in its title.
    await expect(results.first()).toHaveAttribute('href', /\/chapters\//);
    await expect(
      dialog.locator(`.pagefind-ui__result-link[href^="${address}"]`).first(),
    ).toBeVisible();
    // The list of cells has a heading for each chapter.
    await expect(dialog.locator('a[href*="/about/cells/#chapters-"]')).toHaveCount(0);
  }
});

for (const [how, method] of [
  ['forbidden', 'get'],
  ['full', 'setItem'],
] as const) {
  test(`the theme can be chosen while the storage is ${how}${fullUnless(how === 'forbidden')}`, async ({
    page,
    baseURL,
  }) => {
    const faults = collectFaults(page, baseURL ?? '');
    await page.addInitScript((denied) => {
      const deny = (): never => {
        throw new DOMException(
          'Denied.',
          denied === 'get' ? 'SecurityError' : 'QuotaExceededError',
        );
      };
      if (denied === 'setItem') Storage.prototype.setItem = deny;
      else Object.defineProperty(window, 'localStorage', { get: deny, configurable: true });
    }, method);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('');
    const theme = page.getByLabel('Select theme').filter({ visible: true });
    await theme.selectOption('dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await theme.selectOption('auto');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(faults).toEqual([]);
  });
}

test('an inline script that is not part of the build is blocked', async ({ page }) => {
  await page.goto('');
  const refused = page.waitForEvent('console', (message) =>
    /Content Security Policy/.test(message.text()),
  );
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "changed"';
    document.head.append(script);
  });
  await refused;
  await expect(page).not.toHaveTitle('changed');
});

test('a wrong address shows a page with a link to the course', async ({ page }) => {
  const response = await page.goto('chapters/no-such-chapter/');
  expect(response?.status()).toBe(404);
  await page
    .getByRole('main')
    .getByRole('link', { name: /start of the course/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One Kernel or Many');
});
