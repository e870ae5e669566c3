// Counts tests from the reports that the test tools write.
import { readFileSync } from 'node:fs';
import type { Part } from './part.ts';

/** Number of tests that passed and that failed. Skipped tests do not count. */
export interface Counts {
  passed: number;
  failed: number;
}

/** The arguments and the environment with which a part's command writes its report to a file. */
export function reportTo(
  file: string,
  format: Part['report'],
): { args: string[]; env: Record<string, string> } {
  if (format === 'vitest') {
    const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    return { args, env: {} };
  }
  if (format === 'playwright') {
    return { args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } };
  }
  return { args: [], env: format === 'counts' ? { TEST_REPORT: file } : {} };
}

/** Reads a report. A part without a readable report counts as one test. */
export function countTests(file: string, format: Part['report'], succeeded: boolean): Counts {
  const report = format ? readJson(file) : undefined;
  const counts = report && format ? readCounts(report, format) : undefined;
  if (!counts) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  // A tool may also fail outside its tests, for example while it loads a file.
  const failed = succeeded ? counts.failed : Math.max(counts.failed, 1);
  return { passed: counts.passed, failed };
}

type Report = Record<string, unknown>;

function readCounts(report: Report, format: NonNullable<Part['report']>): Counts | undefined {
  const stats = (format === 'playwright' ? report['stats'] : report) as Report | undefined;
  const [passed, failed] = {
    vitest: [stats?.['numPassedTests'], stats?.['numFailedTests']],
    playwright: [stats?.['expected'], stats?.['unexpected']],
    counts: [stats?.['passed'], stats?.['failed']],
  }[format];
  if (typeof passed !== 'number' || typeof failed !== 'number') return undefined;
  return { passed, failed };
}

function readJson(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
