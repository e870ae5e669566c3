// The checks of `npm test`, in their order. A new check is a new entry here.
import { otherImageParts, rebuildParts, secondPasses, verifyPart } from './image-parts.ts';
import type { Part } from './part.ts';

/** All parts. The budgets of those in `npm test` add up to at most 40 minutes, as README.md says. */
export const parts: readonly Part[] = [
  { name: 'content', minutes: 0.125, commands: [['node', 'scripts/site/check-content.ts']] },
  {
    name: 'format',
    minutes: 0.5,
    commands: [
      ['prettier', '--check', '--log-level=warn', '.'],
      ['node', 'scripts/authors/format-cells.ts', '--check'],
    ],
  },
  { name: 'lint', minutes: 1.25, commands: [['eslint', '--max-warnings=0', '.']] },
  { name: 'unused', minutes: 0.25, commands: [['knip', '--no-config-hints']] },
  {
    name: 'walls',
    minutes: 0.125,
    commands: [['depcruise', '--output-type=err-long', '.']],
  },
  {
    name: 'types',
    minutes: 1,
    // Astro reads the content first, and stops at the first mistake with a stack trace.
    needs: ['content'],
    // The first reads .astro files. The second is a newer compiler, which does not yet read them.
    commands: [
      ['astro', 'check', '--minimumSeverity=warning'],
      ['node', 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p', '.'],
    ],
  },
  {
    name: 'agent-style',
    // The first run installs packages of Debian. Later ones take 10 s.
    minutes: 0.75,
    commands: [['node', 'scripts/test/check-agent.ts']],
  },
  {
    name: 'spelling',
    minutes: 0.25,
    commands: [['cspell', '--no-progress', '--no-summary']],
  },
  {
    name: 'prose',
    minutes: 0.125,
    commands: [['markdownlint-cli2'], ['node', 'scripts/prose/check-prose.ts']],
  },
  {
    name: 'unit',
    minutes: 1.5,
    report: 'vitest',
    commands: [['vitest', 'run', '--project=unit']],
  },
  {
    name: 'build',
    minutes: 0.75,
    // The parts of the other images make their snapshots, and add them to dist/.
    commands: [['node', 'scripts/site/build.ts', '--later']],
  },
  {
    name: 'links',
    minutes: 0.125,
    needs: ['build'],
    commands: [['node', 'scripts/site/check-links.ts']],
  },
  verifyPart,
  ...otherImageParts(),
  {
    name: 'machine',
    minutes: 12,
    needs: ['build'],
    report: 'vitest',
    commands: [['vitest', 'run', '--project=machine']],
  },
  {
    name: 'e2e',
    minutes: 8.25,
    needs: ['build'],
    report: 'playwright',
    commands: [['playwright', 'test', '--grep-invert', '@full']],
  },
  {
    name: 'e2e-full',
    minutes: 90,
    full: true,
    needs: ['build'],
    report: 'playwright',
    // In a folder of its own, so that the files from failed tests of the previous part are kept.
    commands: [['playwright', 'test', '--grep', '@full', '--output', 'test-results/full']],
  },
  // A cell with two results is flaky.
  ...secondPasses('again'),
  // In another year, and just before midnight: no output may depend on the date.
  ...secondPasses('clock', ['--clock', '2031-07-14T23:58:30Z']),
  // A cell's output must not depend on the snapshot's page cache.
  ...['empty', 'full'].flatMap((kind) => secondPasses(`cache-${kind}`, ['--cache', kind])),
  {
    name: 'soak',
    minutes: 25,
    full: true,
    needs: ['build'],
    report: 'vitest',
    commands: [['vitest', 'run', '--project=soak']],
  },
  ...rebuildParts(),
  {
    name: 'browsers',
    minutes: 45,
    full: true,
    needs: ['build', ...otherImageParts().map(({ name }) => name)],
    report: 'counts',
    commands: [['node', 'scripts/verify/browsers/verify-browsers.ts']],
  },
  {
    name: 'agent',
    minutes: 5,
    full: true,
    commands: [['bash', 'guest/agent/fuzz/run.sh', '1000000']],
  },
];
