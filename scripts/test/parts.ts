// The checks of `npm test`, in their order. A new check is a new entry here.

/** One part of the checks: it passes when each of its commands ends with 0 within the budget. */
export interface Part {
  name: string;
  commands: readonly (readonly string[])[];
  /** The part is stopped, and has failed, after this time. */
  minutes: number;
  /**
   * Where the part's tests are counted: in the JSON report of Vitest or Playwright, or, for `counts`, in
   * the file that TEST_REPORT names, as `{"passed": 3, "failed": 0}`. Without it the part counts as one.
   */
  report?: 'vitest' | 'playwright' | 'counts';
  /** Parts without which this one tells nothing. */
  needs?: readonly string[];
  /** Runs only in `npm run test:full`. */
  full?: boolean;
}

/** The options of a pass that is compared with that of the part `verify`. */
function secondPass(name: string): string[] {
  const file = `.cache/verify-${name}`;
  return [
    '--all',
    '--against',
    '.cache/verify.json',
    '--json',
    `${file}.json`,
    '--junit',
    `${file}.xml`,
  ];
}

/** All parts. The budgets of those that `npm test` runs sum up to at most 40 minutes, as README.md says. */
export const parts: readonly Part[] = [
  {
    name: 'format',
    minutes: 0.5,
    commands: [
      ['prettier', '--check', '--log-level=warn', '.'],
      ['node', 'scripts/authors/format-cells.ts', '--check'],
    ],
  },
  { name: 'lint', minutes: 1, commands: [['eslint', '--max-warnings=0', '.']] },
  { name: 'unused', minutes: 0.5, commands: [['knip', '--no-config-hints']] },
  {
    name: 'walls',
    minutes: 0.5,
    commands: [['depcruise', '--output-type=err-long', '.']],
  },
  {
    name: 'types',
    minutes: 1,
    // The first reads .astro files; the second is the newer compiler, which does not yet.
    commands: [
      ['astro', 'check', '--minimumSeverity=warning'],
      ['node', 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p', '.'],
    ],
  },
  {
    name: 'agent-style',
    // Most of it for the first time, when Debian's packages are installed.
    minutes: 3,
    commands: [['node', 'scripts/test/check-agent.ts']],
  },
  {
    name: 'spelling',
    minutes: 0.5,
    commands: [['cspell', '--no-progress', '--no-summary']],
  },
  { name: 'prose', minutes: 0.5, commands: [['markdownlint-cli2']] },
  { name: 'unit', minutes: 1, report: 'vitest', commands: [['vitest', 'run', '--project=unit']] },
  { name: 'build', minutes: 1.5, commands: [['node', 'scripts/site/build.ts']] },
  {
    name: 'links',
    minutes: 0.5,
    needs: ['build'],
    commands: [['node', 'scripts/site/check-links.ts']],
  },
  {
    name: 'verify',
    minutes: 6,
    needs: ['build'],
    report: 'counts',
    commands: [['node', 'scripts/verify/verify.ts', '--all']],
  },
  {
    name: 'machine',
    minutes: 6,
    needs: ['build'],
    report: 'vitest',
    commands: [['vitest', 'run', '--project=machine']],
  },
  {
    name: 'e2e',
    minutes: 14,
    needs: ['build'],
    report: 'playwright',
    commands: [['playwright', 'test']],
  },
  {
    // A second pass over the same: what it and the first disagree on is flaky.
    name: 'verify-again',
    minutes: 8,
    full: true,
    needs: ['build'],
    report: 'counts',
    commands: [['node', 'scripts/verify/verify.ts', ...secondPass('again')]],
  },
  {
    // Another year, the other side of midnight and of noon: an output may not depend on the date.
    name: 'verify-clock',
    minutes: 8,
    full: true,
    needs: ['build'],
    report: 'counts',
    commands: [
      [
        'node',
        'scripts/verify/verify.ts',
        ...secondPass('clock'),
        '--clock',
        '2031-07-14T23:58:30Z',
      ],
    ],
  },
  ...['empty', 'full'].map((kind) => ({
    // What a cell prints may not depend on what the snapshot happens to hold in its page cache.
    name: `verify-cache-${kind}`,
    minutes: 8,
    full: true,
    needs: ['build'],
    report: 'counts' as const,
    commands: [['node', 'scripts/verify/verify.ts', ...secondPass(kind), '--cache', kind]],
  })),
  {
    name: 'soak',
    minutes: 15,
    full: true,
    needs: ['build'],
    report: 'vitest',
    commands: [['vitest', 'run', '--project=soak']],
  },
  {
    // From nothing, kernel included.
    name: 'rebuild',
    minutes: 40,
    full: true,
    commands: [['bash', 'guest/build.sh', '--check']],
  },
  {
    name: 'browsers',
    minutes: 45,
    full: true,
    needs: ['build'],
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
