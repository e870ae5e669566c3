import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFailures } from './failures.ts';
import type { Part } from './part.ts';

let file = '';
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'failures-')), 'report.json');
});
afterEach(() => rm(dirname(file), { recursive: true }));

async function failuresOf(report: unknown, format: Part['report']): Promise<string[]> {
  await writeFile(file, JSON.stringify(report));
  return readFailures(file, format);
}

test('names the failed tests of Vitest, with their messages', async () => {
  const assertionResults = [
    { fullName: 'works', status: 'passed', failureMessages: [] },
    { fullName: 'adds', status: 'failed', failureMessages: ['expected \u001b[31m3\u001b[39m'] },
  ];
  const unloaded = { name: 'b.test.ts', message: 'no such module', assertionResults: [] };
  const report = { testResults: [{ name: 'a.test.ts', assertionResults }, unloaded] };
  expect(await failuresOf(report, 'vitest')).toEqual([
    'a.test.ts: adds\nexpected 3',
    'b.test.ts\nno such module',
  ]);
});

test('names the failed tests of Playwright, also those in a group', async () => {
  const spec = (title: string, ok: boolean) => {
    const results = [ok ? {} : { error: { message: 'not visible' } }];
    return { title, file: 'a.e2e.ts', line: 7, ok, tests: [{ results }] };
  };
  const inner = { specs: [spec('in a group', false)] };
  const report = { suites: [{ specs: [spec('good', true), spec('bad', false)], suites: [inner] }] };
  expect(await failuresOf(report, 'playwright')).toEqual([
    'a.e2e.ts:7: bad\nnot visible',
    'a.e2e.ts:7: in a group\nnot visible',
  ]);
});

test("prints the failures that the project's own scripts report, shortened", async () => {
  const long = Array.from({ length: 45 }, (_, i) => `line ${i + 1}`).join('\n');
  const [first, second] = await failuresOf({ failures: ['a.mdx:3', long] }, 'counts');
  expect(first).toBe('a.mdx:3');
  expect(second?.split('\n').slice(-2)).toEqual(['line 40', '… and 5 more lines']);
});

test('a report that is missing or broken has no failures to name', async () => {
  expect(readFailures(file, 'vitest')).toEqual([]);
  await writeFile(file, 'no JSON');
  expect(readFailures(file, 'playwright')).toEqual([]);
  expect(await failuresOf({}, undefined)).toEqual([]);
});
