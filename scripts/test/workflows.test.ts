// The GitHub workflows publish only checked commits.
import { parseFrontmatter } from 'astro/markdown';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { selectParts } from './select-parts.ts';
import { parts } from './parts.ts';

interface Workflow {
  name: string;
  on: Record<string, { workflows?: string[] } | null>;
  jobs: Record<string, { if?: string; 'timeout-minutes': number; steps: Step[] }>;
}

interface Step {
  uses?: string;
  with?: Record<string, unknown>;
}

function read(name: string): Workflow {
  const text = readFileSync(`.github/workflows/${name}.yml`, 'utf8');
  return parseFrontmatter(`---\n${text}\n---\n`).frontmatter as Workflow;
}

const checks = read('ci');
const publish = read('deploy');

test('publishing begins after passed checks or by hand, and never with a push', () => {
  expect(Object.keys(publish.on)).toEqual(['workflow_run', 'workflow_dispatch']);
  expect(publish.on['workflow_run']?.workflows).toEqual([checks.name]);
  expect(publish.jobs['build']?.if).toContain("workflow_run.conclusion == 'success'");
  expect(publish.jobs['build']?.if).toContain("workflow_run.event == 'push'");
});

test('the checked commit is the published one', () => {
  const checkout = publish.jobs['build']?.steps.find(({ uses }) => uses?.includes('/checkout@'));
  expect(checkout?.with?.['ref']).toMatch(/^\$\{\{ github\.event\.workflow_run\.head_sha \|\|/);
});

test('the checks’ time limit is that of their parts plus ten minutes for the installation', () => {
  const minutes = selectParts(parts, [], false).reduce((sum, part) => sum + part.minutes, 0);
  expect(checks.jobs['test']?.['timeout-minutes']).toBeGreaterThanOrEqual(minutes + 10);
});
