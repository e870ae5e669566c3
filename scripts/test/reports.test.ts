import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countTests } from './reports.ts';

let file = '';
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'report-')), 'report.json');
});
afterEach(() => rm(file, { force: true }));

test('reads the reports of Vitest and Playwright', async () => {
  await writeFile(file, '{"numPassedTests": 7, "numFailedTests": 2}');
  expect(countTests(file, 'vitest', false)).toEqual({ passed: 7, failed: 2 });
  await writeFile(file, '{"stats": {"expected": 5, "unexpected": 1, "skipped": 3}}');
  expect(countTests(file, 'playwright', false)).toEqual({ passed: 5, failed: 1 });
});

test('counts a failure outside the tests', async () => {
  await writeFile(file, '{"passed": 7, "failed": 0}');
  expect(countTests(file, 'counts', false)).toEqual({ passed: 7, failed: 1 });
});

test('counts a part whose report is missing or unreadable as one check', async () => {
  expect(countTests(file, 'vitest', true)).toEqual({ passed: 1, failed: 0 });
  await writeFile(file, 'no JSON');
  expect(countTests(file, 'vitest', false)).toEqual({ passed: 0, failed: 1 });
});
