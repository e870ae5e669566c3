// Parts of a page that tests use, found by role and name.
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { verdicts } from '../src/cells/run/result.ts';
import { coursePages } from '../src/course-data/course-pages.ts';

/** The number of cells in the chapter on PID namespaces, which many tests open. */
export const pidCells =
  coursePages().find(({ name }) => name === 'chapters/pid-namespaces')?.cells.length ?? 0;

/** A cell by its id. */
export const cell = (page: Page, id: string): Locator => page.locator(`course-cell#${id}`);

/** Opens all parts of a page that readers may skip. A role in a closed one is not found. */
export async function openDetours(page: Page): Promise<void> {
  await page.locator('details.detour').evaluateAll((folds: HTMLDetailsElement[]) => {
    for (const fold of folds) fold.open = true;
  });
}

/** The bar of the page's only machine. */
export const bar = (page: Page): Locator => page.getByRole('region', { name: 'Linux machine' });

/** A button by its whole name. */
export const button = (scope: Page | Locator, name: string): Locator =>
  scope.getByRole('button', { name, exact: true });

/** Waits until a cell has ended. If the output is not as expected, fails and prints all that the cell shows. */
export async function expectPassed(ended: Locator, timeout: number): Promise<void> {
  await expect(ended).toHaveAttribute('state', new RegExp(`^(${verdicts.join('|')})$`), {
    timeout,
  });
  expect(await ended.getAttribute('state'), await ended.innerText()).toBe('passed');
}
