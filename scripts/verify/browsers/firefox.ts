import { existsSync } from 'node:fs';
import { launch } from 'puppeteer-core';
import { BrowserMissing, callExpression } from './driver.ts';
import type { BrowserDriver } from './driver.ts';

const paths = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
/** Milliseconds for one answer: the computer may be busy, and it emulates a machine meanwhile. */
const ANSWER = 120_000;

/** Starts Firefox and controls it with WebDriver BiDi. Throws BrowserMissing. */
export async function startFirefox(): Promise<BrowserDriver> {
  const executablePath = process.env['FIREFOX_PATH'] ?? paths.find(existsSync);
  if (!executablePath) {
    throw new BrowserMissing(
      'There is no Firefox. Install Debian’s firefox-esr, or set FIREFOX_PATH.',
    );
  }
  const browser = await launch({ browser: 'firefox', executablePath, protocolTimeout: ANSWER });
  const version = await browser.version();
  const page = await browser.newPage();
  page.setDefaultTimeout(ANSWER);
  return {
    version: version.replace(/^firefox\//i, ''),
    open: async (url) => void (await page.goto(url)),
    evaluate: async <T>(source: string, ...args: unknown[]) =>
      (await page.evaluate(callExpression(source, args))) as T,
    close: () => browser.close(),
  };
}
