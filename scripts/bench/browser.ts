/** The browser's part of the benchmark, on the built site. */
import { chromium } from 'playwright';
import type { Page } from 'playwright';
import { basePath } from '../../src/site.ts';
import { findBrowser } from '../../src/find-browser.ts';
import { startServer } from '../site/static-server.ts';
import type { Figure } from './report.ts';

/** Clicks the page's first Run button and waits for output, then for the end. The page measures the times. */
export async function clickToOutput(
  page: Page,
): Promise<{ milliseconds: number; end: number; tasks: number[] }> {
  return page.evaluate(async () => {
    const cell = document.querySelector('course-cell');
    const output = cell?.querySelector('.output');
    const run = cell?.querySelector<HTMLButtonElement>('button.run');
    if (!cell || !output || !run) throw new Error('The page has no cell.');
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
    const ended = new Promise<number>((resolve) => {
      const changes = new MutationObserver(() => {
        if (!/passed|differs|timed out|crashed|not run/.test(cell.getAttribute('state') ?? ''))
          return;
        changes.disconnect();
        resolve(performance.now() - begun);
      });
      changes.observe(cell, { attributeFilter: ['state'] });
    });
    // A press focuses the button before its click.
    run.focus();
    run.click();
    const milliseconds = await first;
    const end = await ended;
    observer.disconnect();
    return { milliseconds, end, tasks };
  });
}

/** Repeats the measurement, each time with a fresh browser profile. */
export async function measureInBrowser(runs: number): Promise<Figure[]> {
  const cold: number[] = [];
  const cached: number[] = [];
  const warm: number[] = [];
  const longTasks: number[] = [];
  const longest: number[] = [];
  const { url, server } = await startServer({ folder: 'dist', basePath, port: 0 });
  const browser = await chromium.launch(findBrowser());
  for (let i = 0; i < runs; i++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    const first = await clickToOutput(page);
    cold.push(first.milliseconds);
    longTasks.push(first.tasks.length);
    longest.push(Math.max(0, ...first.tasks));
    await page.reload();
    cached.push((await clickToOutput(page)).milliseconds);
    warm.push((await clickToOutput(page)).milliseconds);
    await context.close();
  }
  await browser.close();
  server.close();
  return [
    { what: 'click to first output, nothing cached', values: cold, unit: 'ms' },
    { what: 'click to first output, files cached', values: cached, unit: 'ms' },
    { what: 'click to first output, machine running', values: warm, unit: 'ms' },
    { what: 'long tasks over 50 ms while a page starts', values: longTasks, unit: 'tasks' },
    { what: 'longest task of the page', values: longest, unit: 'ms' },
  ];
}
