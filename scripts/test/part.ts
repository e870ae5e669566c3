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
