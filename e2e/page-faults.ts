import type { Page } from '@playwright/test';

/** Collects the faults of a page from now on: errors, failed requests and requests to other sites. */
export function collectFaults(page: Page, baseUrl: string): string[] {
  const faults: string[] = [];
  const { origin } = new URL(baseUrl);
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const error = request.failure()?.errorText;
    // The page itself has ended it, for example because it is being reloaded.
    if (error !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${error}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`status ${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOurs) faults.push(`elsewhere: ${request.url()}`);
  });
  return faults;
}
