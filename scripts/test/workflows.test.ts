// The GitHub workflow publishes only the checked build, with the least permissions.
import { parseFrontmatter } from 'astro/markdown';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { selectParts } from './select-parts.ts';
import { parts } from './parts.ts';

interface Workflow {
  on: Record<string, { branches?: string[] } | null>;
  permissions: object;
  concurrency?: object;
  jobs: Record<'check' | 'publish' | 'platforms', Job>;
}

interface Job {
  if?: string;
  needs?: string;
  permissions: object;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  'continue-on-error'?: boolean;
  'timeout-minutes': number;
  strategy?: { matrix: { os: string[] } };
  steps: Step[];
}

interface Step {
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

const file = '.github/workflows/site.yml';
const text = readFileSync(file, 'utf8');
const workflow = parseFrontmatter(`---\n${text}\n---\n`).frontmatter as unknown as Workflow;
const { check, publish, platforms } = workflow.jobs;

const indexOf = ({ steps }: Job, part: string) =>
  steps.findIndex(({ uses = '', run = '' }) => `${uses} ${run}`.includes(part));
const stepOf = (job: Job, part: string) => job.steps[indexOf(job, part)];

test('one workflow checks and publishes', () => {
  expect(readdirSync('.github/workflows')).toEqual(['site.yml']);
  expect(workflow.on).toEqual({
    pull_request: null,
    push: { branches: ['main'] },
    workflow_dispatch: null,
  });
});

test('only checked commits of main are published, and no pull request', () => {
  expect(publish.needs).toBe('check');
  expect(publish.if).toBe(
    "github.ref == 'refs/heads/main' && needs.check.outputs.pages == 'true' && needs.check.outputs.tip == 'true'",
  );
  expect(check).not.toHaveProperty('continue-on-error');
});

test('the published site is the checked one, and is built once', () => {
  const upload = stepOf(check, 'actions/upload-artifact@');
  expect(upload).toMatchObject({ with: { name: 'site', path: 'dist' } });
  // Without a condition of its own it needs all steps before it.
  expect(upload?.if ?? '').not.toMatch(/failure|always|cancelled/);
  expect(indexOf(check, 'actions/upload-artifact@')).toBeGreaterThan(indexOf(check, 'npm test'));
  expect(stepOf(publish, 'actions/download-artifact@')?.with).toEqual({
    name: 'site',
    path: 'dist',
  });
  const commands = Object.values(workflow.jobs).flatMap((job) => job.steps.map(({ run }) => run));
  expect(commands.filter((run) => /\bbuild\b/.test(run ?? ''))).toEqual([]);
  expect(publish.steps.filter(({ run }) => /\bnpm\b/.test(run ?? ''))).toEqual([]);
});

test('files that open pages need are added before the upload to Pages', () => {
  const prepare = indexOf(publish, 'scripts/publish/prepare.ts');
  expect(prepare).toBeGreaterThan(indexOf(publish, 'actions/download-artifact@'));
  expect(prepare).toBeLessThan(indexOf(publish, 'actions/upload-pages-artifact@'));
});

test('just before it is published, the commit is checked again to be the newest', () => {
  const deploy = indexOf(publish, 'actions/deploy-pages@');
  expect(publish.steps[deploy - 1]).toMatchObject({
    id: 'tip',
    run: 'node scripts/publish/is-tip.ts',
  });
  expect(publish.steps[deploy]?.if).toBe("steps.tip.outputs.tip == 'true'");
});

test('a publication can be run again, though the artifacts of the first attempt are still there', () => {
  const name = 'pages-${{ github.run_attempt }}';
  expect(stepOf(publish, 'actions/upload-pages-artifact@')?.with).toEqual({ name, path: 'dist' });
  expect(stepOf(publish, 'actions/deploy-pages@')?.with).toEqual({ artifact_name: name });
  expect(stepOf(check, 'actions/upload-artifact@')?.with).toMatchObject({ overwrite: true });
});

test('a run cannot stop a publication, or the checks of another commit', () => {
  expect(workflow.concurrency).toBeUndefined();
  expect(publish.concurrency).toEqual({ group: 'pages', 'cancel-in-progress': false });
  expect(check.concurrency?.group).toContain('github.event.pull_request.number || github.run_id');
});

test('each job has the least permissions', () => {
  expect(workflow.permissions).toEqual({});
  expect(check.permissions).toEqual({ contents: 'read', pages: 'read' });
  expect(platforms.permissions).toEqual({ contents: 'read' });
  expect(publish.permissions).toEqual({ contents: 'read', pages: 'write', 'id-token': 'write' });
  for (const { steps } of Object.values(workflow.jobs)) {
    const checkout = steps.find(({ uses }) => uses?.includes('/checkout@'));
    expect(checkout?.with).toMatchObject({ 'persist-credentials': false });
  }
});

test('each action is pinned to a commit, with its version beside it', () => {
  const used = text.split('\n').filter((line) => /\buses:/.test(line));
  expect(used.length).toBeGreaterThan(6);
  for (const line of used) {
    expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test('other systems are checked, and do not delay a publication', () => {
  expect(platforms.strategy?.matrix.os.map((os) => os.split('-')[0])).toEqual([
    'ubuntu',
    'macos',
    'windows',
  ]);
  expect(platforms['continue-on-error']).toBe(true);
  expect(stepOf(platforms, 'npm run check')).toBeDefined();
  expect(stepOf(platforms, 'run-tests.ts unit')).toBeDefined();
});

test('the checks’ time limit is that of their parts plus ten minutes for the installation', () => {
  const minutes = selectParts(parts, [], false).reduce((sum, part) => sum + part.minutes, 0);
  expect(check['timeout-minutes']).toBeGreaterThanOrEqual(minutes + 10);
});
