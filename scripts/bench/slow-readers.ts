/** The wait of readers with a slow network or a slow computer, on the built site. */
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright';
import { findBrowser } from '../../src/find-browser.ts';
import { basePath } from '../../src/site.ts';
import { startServer } from '../site/static-server.ts';
import { clickToOutput } from './browser.ts';
import { withQuota } from './cpu-quota.ts';
import { say } from './figures.ts';
import type { Figure } from './report.ts';
import { slowDown } from './slow-network.ts';

const NETWORK = { bitsPerSecond: 10e6, roundTripMs: 80 };
/** The share of one core that all processes of the slow browser have together. */
const CORES = 0.5;
/** Milliseconds from the pointer's arrival on Run until the click. */
const HOVER_MS = 500;

/** The milliseconds from the click to the end of the first cell: at once, and after the pointer was on Run. */
async function measure(
  url: string,
  runs: number,
  executablePath?: string,
): Promise<{ atOnce: number[]; afterHover: number[] }> {
  const browser = await chromium.launch({
    ...findBrowser(),
    ...(executablePath && { executablePath }),
  });
  const times = { atOnce: [] as number[], afterHover: [] as number[] };
  try {
    for (let i = 0; i < runs; i++) {
      for (const list of [times.atOnce, times.afterHover]) {
        const page = await browser.newPage();
        await page.goto(url, { waitUntil: 'networkidle' });
        if (list === times.afterHover) {
          await page.locator('course-cell button.run').first().hover();
          await wait(HOVER_MS);
        }
        list.push((await clickToOutput(page)).end);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
  return times;
}

/** With nothing cached. The quota is left out where this computer does not allow it. */
export async function measureSlowReaders(runs: number): Promise<Figure[]> {
  const { url, server } = await startServer({ folder: 'dist', basePath, port: 0 });
  const { port } = server.address() as AddressInfo;
  return measureBoth(url, port, runs).finally(() => server.close());
}

async function measureBoth(url: string, port: number, runs: number): Promise<Figure[]> {
  const what = 'click to the end of the first cell';
  const ms = (text: string, values: number[], aim?: string): Figure => ({
    ...{ what: text, values, unit: 'ms' },
    ...(aim && { aim }),
  });
  say('a slow network');
  const network = await slowDown(port, NETWORK);
  const slow = await measure(`http://localhost:${network.port}${basePath}/`, runs).finally(() =>
    network.close(),
  );
  const figures = [
    ms(`${what}, 10 Mbit/s and 80 ms round trip`, slow.atOnce, 'at most 3400 ms'),
    ms('– with the pointer on Run for 0.5 s before the click', slow.afterHover),
  ];
  say('a slow processor');
  const program = findBrowser().executablePath ?? chromium.executablePath();
  const quota = await withQuota(program, CORES).catch((reason: unknown) => {
    say(`the slow processor is skipped, because it needs a cgroup: ${String(reason)}`);
  });
  if (quota) {
    const busy = await measure(url, runs, quota.executablePath).finally(() => quota.close());
    figures.push(
      ms(`${what}, half a core for the browser`, busy.atOnce),
      ms('– with the pointer on Run for 0.5 s before the click', busy.afterHover),
    );
  }
  return figures;
}
