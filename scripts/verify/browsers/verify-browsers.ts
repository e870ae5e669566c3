/**
 * Runs every cell and task through the built site in Node, Chromium, Firefox and WebKitGTK, one after the
 * other, and writes the results to src/course-data/verified-cells.json, which the page “All cells” shows.
 * Reports a browser that is not installed; its last results stay, with their date. On Linux, also prints the
 * browser's peak memory on each page.
 * Needs a built site. usage: npm run verify:browsers -- [--page PAGE] [ENVIRONMENT...]
 *   --page PAGE   only this page, for example chapters/cgroups; recorded if the last run had the same image and versions
 *   ENVIRONMENT   node, chromium, firefox or webkit; the default is all of them
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { explainMistakes } from '../../../src/author-error.ts';
import { toPageActivity } from '../../../src/cells/activity.ts';
import type { Activity } from '../../../src/cells/activity.ts';
import { describeFinding } from '../../../src/cells/prove/finding.ts';
import { failureOf, resultOfFailure } from '../../../src/cells/run/result.ts';
import type { RunResult } from '../../../src/cells/run/result.ts';
import { coursePages } from '../../../src/course-data/course-pages.ts';
import type { PageOfCells } from '../../../src/course-data/course-pages.ts';
import {
  cellText,
  describeImage,
  environmentNames,
  environments,
  printVerified,
  readVerified,
  verifiedFile,
  withPage,
} from '../../../src/course-data/verified-cells.ts';
import type {
  CellResult,
  Environment,
  VerifiedRun,
} from '../../../src/course-data/verified-cells.ts';
import { readSnapshotEntry } from '../../../src/machine/image/read-image.ts';
import { installedEngineVersion, nodeEffects } from '../../../src/machine/node-machine.ts';
import { basePath } from '../../../src/site.ts';
import { startChromium } from './chromium.ts';
import { BrowserMissing } from './driver.ts';
import type { BrowserDriver } from './driver.ts';
import { startFirefox } from './firefox.ts';
import { withPeakMemory } from './memory.ts';
import { startNode } from './run-in-node.ts';
import { activitiesOf, runPage } from './run-page.ts';
import { runTasks } from './run-tasks.ts';
import { startWebkit } from './webkit.ts';
import { startServer } from '../../site/static-server.ts';
import { builtMachineFolder } from '../../../src/paths.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { page: { type: 'string' } },
});

/** Maximum number of characters of a reason. */
const REASON = 400;

/** Runs the cells and tasks of pages. */
interface Runner {
  version: string;
  /** Resolves to the results by id. */
  run(page: PageOfCells): Promise<Map<string, RunResult>>;
  close(): Promise<void>;
}

const starters: Record<Environment, (url: string) => Promise<Runner>> = {
  async node() {
    const machine = startNode(builtMachineFolder);
    const { version } = process;
    return { version, run: (page) => machine.run(page), close: () => machine.close() };
  },
  chromium: async (url) => inBrowser(await startChromium(), url),
  firefox: async (url) => inBrowser(await startFirefox(), url),
  webkit: async (url) => inBrowser(await startWebkit(), url),
};

function inBrowser(driver: BrowserDriver, url: string): Runner {
  return {
    version: driver.version,
    async run({ file, address, cells, tasks }) {
      await driver.open(url + address);
      const isHere = new Set(await activitiesOf(driver));
      const expected = [...cells, ...tasks].map((each) => JSON.stringify(toPageActivity(each)));
      if (isHere.size !== expected.length || !expected.every((each) => isHere.has(each)))
        throw new Stale(file);
      // Before the cells, since a cell may already leave the state that a task asks for.
      const tried = await runTasks(driver, tasks);
      return new Map([...tried, ...(await runPage(driver, cells))]);
    },
    close: () => driver.close(),
  };
}

/** The built site does not match the source of a page. */
class Stale extends Error {
  constructor(file: string) {
    super(`The site in dist/ was not built from this ${file}. Run npm run build, then this again.`);
  }
}

/** Runs one page. An error becomes the result of all that it has, so that the other pages still run. */
async function runOne(runner: Runner, page: PageOfCells): Promise<CellResult[]> {
  const run = [...page.cells, ...page.tasks].filter(({ skip }) => skip === undefined);
  const found = await runner.run(page).catch((error: unknown) => {
    if (error instanceof Stale) throw error;
    const result = resultOfFailure(failureOf(error));
    return new Map<string, RunResult>(run.map(({ id }) => [id, result]));
  });
  return run.map((activity) => ({
    page: page.name,
    cell: activity.id,
    text: cellText(activity),
    ...describeResult(activity, found.get(activity.id)),
  }));
}

/** A result in its stored form. */
function describeResult(
  activity: Activity,
  result: RunResult | undefined,
): Pick<CellResult, 'result' | 'reason'> {
  if (!result) return { result: 'not run' };
  const { fault } = describeFinding(activity, {
    ...{ id: activity.id, pass: 'in page order' },
    ...result,
  });
  return {
    result: result.verdict,
    ...(fault !== undefined && { reason: fault.trim().slice(0, REASON) }),
  };
}

/** The images of pages. Rejects if the built site lacks the snapshot of one. */
async function imagesOf(pages: readonly PageOfCells[]): Promise<VerifiedRun['images']> {
  const images: VerifiedRun['images'] = {};
  for (const name of new Set(pages.map(({ image }) => image))) {
    const effects = nodeEffects(builtMachineFolder, name);
    const { image } = await readSnapshotEntry(effects).catch((cause: unknown) => {
      const message = `The site in dist/ has no snapshot of the machine ${name}. Run npm run build, then this again.`;
      throw new Error(message, { cause });
    });
    images[name] = describeImage(image);
  }
  return images;
}

async function runAll(
  environment: Environment,
  pages: readonly PageOfCells[],
  url: string,
): Promise<VerifiedRun> {
  const images = await imagesOf(pages);
  const runner = await starters[environment](url);
  const cells: CellResult[] = [];
  try {
    for (const page of pages) {
      const begun = performance.now();
      const { value: results, bytes } = await withPeakMemory(() => runOne(runner, page));
      cells.push(...results);
      report(environment, page, results, { milliseconds: performance.now() - begun, bytes });
    }
  } finally {
    await runner.close();
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    version: runner.version,
    engine: `v86 ${installedEngineVersion()}`,
    images,
    cells,
  };
}

function report(
  environment: Environment,
  { name }: PageOfCells,
  results: readonly CellResult[],
  { milliseconds, bytes }: { milliseconds: number; bytes: number },
): void {
  const wrong = describeWrong(environment, results);
  const counts = `${results.length - wrong.length} of ${results.length} as expected`;
  // Node runs its machines in this process. Systems other than Linux do not report a browser's memory in this way.
  const memory = bytes ? `, peak memory ${(bytes / 1e6).toFixed(0)} MB` : '';
  console.log(`${environment}: ${name}: ${counts}, ${(milliseconds / 1000).toFixed(0)} s${memory}`);
  for (const text of wrong) console.log(`  ${text}`);
}

function describeWrong(environment: Environment, results: readonly CellResult[]): string[] {
  return results
    .filter(({ result }) => result !== 'passed')
    .map(({ cell, result, reason }) => `${environment}: ${cell} ${result}: ${reason ?? ''}`);
}

/** Writes after each environment, so that an interruption loses only the running one. */
async function keep(environment: Environment, run: VerifiedRun): Promise<void> {
  const verified = { ...readVerified(), [environment]: run };
  await writeFile(verifiedFile, printVerified(verified));
}

async function main(): Promise<number> {
  const unknown = positionals.find((word) => !environments.some((known) => known === word));
  const pages = coursePages().filter(({ name }) => !values.page || name === values.page);
  if (unknown !== undefined || !pages.length) {
    console.log(
      unknown === undefined
        ? `verify:browsers: no page "${values.page ?? ''}" has cells or tasks.`
        : `verify:browsers: "${unknown}" is not one of ${environments.join(', ')}.`,
    );
    return 2;
  }
  const chosen = environments.filter((each) => !positionals.length || positionals.includes(each));
  const { url, server } = await startServer({ folder: 'dist', basePath, port: 0 });
  const counts = { passed: 0, failed: 0, failures: new Array<string>() };
  for (const environment of chosen) {
    try {
      const run = await runAll(environment, pages, url);
      const passed = run.cells.filter(({ result }) => result === 'passed').length;
      counts.passed += passed;
      counts.failed += run.cells.length - passed;
      counts.failures.push(...describeWrong(environment, run.cells));
      const kept = values.page ? withPage(readVerified()[environment], values.page, run) : run;
      if (kept) await keep(environment, kept);
    } catch (error) {
      if (!(error instanceof BrowserMissing)) throw error;
      console.log(`${environmentNames[environment]}: not run. ${error.message}`);
      counts.failed += positionals.length ? 1 : 0;
    }
  }
  server.close();
  // For `npm run test:full`, which adds up the counts of its parts.
  const report = process.env['TEST_REPORT'];
  if (report) await writeFile(report, JSON.stringify(counts));
  console.log(`verify:browsers: ${counts.passed} as expected, ${counts.failed} not`);
  return counts.failed ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  console.log(explainMistakes(error) ?? error);
  process.exit(1);
}
