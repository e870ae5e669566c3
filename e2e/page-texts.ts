import type { Locator } from '@playwright/test';

/** A text of the content without the marks of code, as a page shows it. */
export const withoutMarks = (text: string): string => text.replaceAll('`', '');

/** The text of each element as a reader sees it, with normalized white space. */
export const texts = async (parts: Locator): Promise<string[]> =>
  (await parts.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
