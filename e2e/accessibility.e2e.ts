// Checks WCAG 2.2 AA, as far as a program can, on each page in both themes.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { builtPages } from './built-pages.ts';
import { fullUnless } from './tiers.ts';

/** The pages that `npm test` checks. A long page takes up to 40 s. */
const firstTier = {
  light: ['', '404.html', 'about/progress/', 'chapters/pid-namespaces/', 'terminal/'],
  dark: ['', 'chapters/virtual-machines/'],
};
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A fault that axe reports: the rule, and the HTML of the element. */
interface Fault {
  rule: string;
  html: string;
}

// Starlight's search button is named "Search" and also shows its shortcut, "Ctrl K", which is not part of
// its name but is in aria-keyshortcuts. This exception can go when Starlight hides the shortcut from axe.
const isSearchShortcut = ({ rule, html }: Fault) =>
  rule === 'label-content-name-mismatch' && html.includes('data-open-modal');

for (const { path } of builtPages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const tag = fullUnless(firstTier[colorScheme].includes(path));
    test(`page /${path} is accessible in ${colorScheme}${tag}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      // Opened, so that axe also checks their content.
      for (const details of await page.locator('main details').all()) {
        await details.evaluate((element) => element.setAttribute('open', ''));
      }
      // Only colours depend on the theme, and the other rules take ten seconds on a long page.
      const axe = new AxeBuilder({ page });
      if (colorScheme === 'light') axe.withTags(rules);
      else axe.withRules(['color-contrast']);
      const { violations } = await axe.analyze();
      const faults = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => ({ rule: id, html })),
      );
      expect(faults.filter((fault) => !isSearchShortcut(fault))).toEqual([]);
    });
  }
}
