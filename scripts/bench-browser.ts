/** The part of the bench that a browser measures, on the built site. */
import { chromium } from 'playwright';
import type { Page } from 'playwright';
import { basePath } from '../src/site.ts';
import { findBrowser } from './browser.ts';
import { startServer } from './static-server.ts';

export interface BrowserFigures {
  /** Milliseconds from the click to the first character of output. */
  cold: number[];
  cached: number[];
  warm: number[];
  /** Tasks of the main thread over 50 ms, from the click to the end of the cell. */
  longTasks: number[];
  /** The longest of them in milliseconds; 0 when there is none. */
  longest: number[];
}

/** Clicks the first Run of the page and waits for output, then for the end. All in the page's own time. */
async function clickToOutput(page: Page): Promise<{ milliseconds: number; tasks: number[] }> {
  return page.evaluate(async () => {
    const cell = document.querySelector('course-cell');
    const output = cell?.querySelector('.output');
    const run = cell?.querySelector<HTMLButtonElement>('button.run');
    if (!cell || !output || !run) throw new Error('the page has no cell');
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    const begun = performance.now();
    const first = new Promise<number>((resolve) => {
      const changes = new MutationObserver(() => {
        if (!output.hasAttribute('data-live') || !output.textContent?.trim()) return;
        changes.disconnect();
        resolve(performance.now() - begun);
      });
      changes.observe(cell, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
    const ended = new Promise<void>((resolve) => {
      const changes = new MutationObserver(() => {
        if (!/passed|differs|failed/.test(cell.getAttribute('state') ?? '')) return;
        changes.disconnect();
        resolve();
      });
      changes.observe(cell, { attributeFilter: ['state'] });
    });
    run.click();
    const milliseconds = await first;
    await ended;
    observer.disconnect();
    return { milliseconds, tasks };
  });
}

/** Measures so many times, each with a fresh browser profile. */
export async function measureInBrowser(runs: number): Promise<BrowserFigures> {
  const figures: BrowserFigures = { cold: [], cached: [], warm: [], longTasks: [], longest: [] };
  const { url, server } = await startServer({ folder: 'dist', basePath, port: 0 });
  const browser = await chromium.launch(findBrowser());
  for (let i = 0; i < runs; i++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    const cold = await clickToOutput(page);
    await page.reload();
    const cached = await clickToOutput(page);
    const warm = await clickToOutput(page);
    figures.cold.push(cold.milliseconds);
    figures.cached.push(cached.milliseconds);
    figures.warm.push(warm.milliseconds);
    figures.longTasks.push(cold.tasks.length);
    figures.longest.push(Math.max(0, ...cold.tasks));
    await context.close();
  }
  await browser.close();
  server.close();
  return figures;
}
