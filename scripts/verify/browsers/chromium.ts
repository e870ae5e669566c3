import { chromium } from 'playwright';
import { findBrowser } from '../../../src/find-browser.ts';
import { BrowserMissing, callExpression } from './driver.ts';
import type { BrowserDriver } from './driver.ts';

/** Starts Chromium, as the browser tests do. Throws BrowserMissing. */
export async function startChromium(): Promise<BrowserDriver> {
  const browser = await chromium.launch(find());
  const page = await browser.newPage();
  return {
    version: browser.version(),
    open: async (url) => void (await page.goto(url)),
    evaluate: (source, ...args) => page.evaluate(callExpression(source, args)),
    close: () => browser.close(),
  };
}

function find() {
  try {
    return findBrowser();
  } catch (error) {
    throw new BrowserMissing((error as Error).message);
  }
}
