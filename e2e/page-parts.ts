// Parts of a page that tests use, found by role and name.
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { verdicts } from '../src/cells/run/result.ts';

/** Waits until a cell has ended. Fails with all that the cell shows unless it printed the expected output. */
export async function expectPassed(cell: Locator, timeout: number): Promise<void> {
  await expect(cell).toHaveAttribute('state', new RegExp(`^(${verdicts.join('|')})$`), { timeout });
  expect(await cell.getAttribute('state'), await cell.innerText()).toBe('passed');
}
