// The checks of `npm test`, in their order. A new check is a new entry here.

/** One part of the checks. It passes if each of its commands ends with 0 within the budget. */
export interface Part {
  name: string;
  commands: readonly (readonly string[])[];
  /** Maximum time. After it, the part is stopped and has failed. */
  minutes: number;
  /**
   * The report that counts the part's tests: the JSON report of Vitest or Playwright, or, for `counts`, the file
   * in TEST_REPORT, with `{"passed": 3, "failed": 1, "failures": ["a.mdx:3  the reason"]}`. Without a report, the
   * part counts as one test.
   */
  report?: 'vitest' | 'playwright' | 'counts';
  /** Parts that have to pass before this one runs. */
  needs?: readonly string[];
  /** Runs only in `npm run test:full`. */
  full?: boolean;
}

/** The options of a second pass, whose results are compared with those of the part `verify`. */
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

/** All parts. The budgets of those in `npm test` add up to at most 40 minutes, as README.md says. */
export const parts: readonly Part[] = [
  { name: 'content', minutes: 0.25, commands: [['node', 'scripts/site/check-content.ts']] },
  {
    name: 'format',
    minutes: 0.5,
    commands: [
      ['prettier', '--check', '--log-level=warn', '.'],
      ['node', 'scripts/authors/format-cells.ts', '--check'],
    ],
  },
  { name: 'lint', minutes: 0.75, commands: [['eslint', '--max-warnings=0', '.']] },
  { name: 'unused', minutes: 0.25, commands: [['knip', '--no-config-hints']] },
  {
    name: 'walls',
    minutes: 0.25,
    commands: [['depcruise', '--output-type=err-long', '.']],
  },
  {
    name: 'types',
    minutes: 0.75,
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
    minutes: 0.25,
    commands: [['markdownlint-cli2'], ['node', 'scripts/prose/check-prose.ts']],
  },
  {
    name: 'unit',
    minutes: 1.75,
    report: 'vitest',
    commands: [['vitest', 'run', '--project=unit']],
  },
  { name: 'build', minutes: 0.75, commands: [['node', 'scripts/site/build.ts']] },
  {
    name: 'links',
    minutes: 0.25,
    needs: ['build'],
    commands: [['node', 'scripts/site/check-links.ts']],
  },
  {
    name: 'verify',
    minutes: 5.5,
    needs: ['build'],
    report: 'counts',
    commands: [['node', 'scripts/verify/verify.ts', '--all']],
  },
  {
    name: 'machine',
    minutes: 10.5,
    needs: ['build'],
    report: 'vitest',
    commands: [['vitest', 'run', '--project=machine']],
  },
  {
    name: 'e2e',
    minutes: 17.25,
    needs: ['build'],
    report: 'playwright',
    commands: [['playwright', 'test']],
  },
  {
    // A second pass over the same cells. A cell with two results is flaky.
    name: 'verify-again',
    minutes: 8,
    full: true,
    needs: ['build'],
    report: 'counts',
    commands: [['node', 'scripts/verify/verify.ts', ...secondPass('again')]],
  },
  {
    // In another year, and just before midnight: no output may depend on the date.
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
    // A cell's output must not depend on the snapshot's page cache.
    name: `verify-cache-${kind}`,
    minutes: 8,
    full: true,
    needs: ['build'],
    report: 'counts' as const,
    commands: [['node', 'scripts/verify/verify.ts', ...secondPass(kind), '--cache', kind]],
  })),
  {
    name: 'soak',
    minutes: 25,
    full: true,
    needs: ['build'],
    report: 'vitest',
    commands: [['vitest', 'run', '--project=soak']],
  },
  {
    // From the sources, kernel included.
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
