// Reads from the reports of the test tools which tests failed, and why.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Part } from './part.ts';

/** Lines of a failure that are repeated at the end. The rest stands in the part's own output. */
const MAX_LINES = 40;

interface VitestReport {
  testResults?: {
    name: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

interface Suite {
  suites?: Suite[];
  specs?: {
    title: string;
    file: string;
    line: number;
    ok: boolean;
    tests: { results: { error?: { message?: string } }[] }[];
  }[];
}

/** A report of this project's own scripts: each failure is a text with its place. */
interface CountsReport {
  failures?: string[];
}

/** The failures in a report, each with the test's name and the reason. Empty if it cannot be read. */
export function readFailures(file: string, format: Part['report']): string[] {
  if (format === undefined) return [];
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return readers[format](report as never).map(shorten);
  } catch {
    return [];
  }
}

const readers = {
  vitest: ({ testResults = [] }: VitestReport) =>
    testResults.flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      // A file that cannot be loaded has a message and no tests.
      if (!assertionResults.length && message) return [`${name}\n${message}`];
      return failed.map(
        ({ fullName, failureMessages = [] }) =>
          `${name}: ${fullName}\n${failureMessages.join('\n')}`,
      );
    }),
  playwright: (suite: Suite): string[] => [
    ...(suite.specs ?? [])
      .filter(({ ok }) => !ok)
      .map(({ file, line, title, tests }) => {
        const messages = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
        return `${file}:${line}: ${title}\n${messages.join('\n')}`;
      }),
    ...(suite.suites ?? []).flatMap((inner) => readers.playwright(inner)),
  ],
  counts: ({ failures = [] }: CountsReport) => failures,
};

function shorten(text: string): string {
  const lines = stripVTControlCharacters(text).trimEnd().split('\n');
  const more = lines.length - MAX_LINES;
  return [...lines.slice(0, MAX_LINES), ...(more > 0 ? [`… and ${more} more lines`] : [])].join(
    '\n',
  );
}
