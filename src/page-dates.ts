/**
 * When each page was last changed. Git knows it, but a shallow clone, a download without git, or a copy inside
 * another repository does not. For these, content/.dates.json holds each page's date with a hash of its text.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGitDates } from './git-dates.ts';

/** The file of recorded dates. `npm run format` renews it. */
export const DATES = 'content/.dates.json';

/** A recorded date by the page's path: '2026-11-25 0123456789abcdef', the day and the hash of the text. */
export type RecordedDates = Record<string, string>;

/** The date of each page below `root`, by its path. A page whose date is not known has none. */
export function pageDates(root: string): Map<string, Date> {
  const found = gitDates(root);
  if (found) return found;
  const dates = new Map<string, Date>();
  for (const [page, recorded] of Object.entries(readRecordedDates(root))) {
    const [day = '', hash] = recorded.split(' ');
    // A page that was changed since has another date than the recorded one, and nobody knows which.
    if (hash === hashPage(root, page)) dates.set(page, new Date(`${day}T12:00:00Z`));
  }
  return dates;
}

/** The dates of the last commits, by path; undefined without a complete history. */
export function gitDates(root: string): Map<string, Date> | undefined {
  if (git(root, 'rev-parse', '--is-shallow-repository').trim() !== 'false') return undefined;
  const log = git(root, 'log', '--format=t:%ct', '--name-only', '--relative', '--', 'content');
  const dates = parseGitDates(log);
  return dates.size > 0 ? dates : undefined;
}

export function readRecordedDates(root: string): RecordedDates {
  try {
    return JSON.parse(readFileSync(join(root, DATES), 'utf8')) as RecordedDates;
  } catch {
    return {};
  }
}

/** A hash of a page's text, whatever its line ends; undefined without such a page. */
export function hashPage(root: string, page: string): string | undefined {
  try {
    const text = readFileSync(join(root, page), 'utf8').replaceAll('\r\n', '\n');
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  } catch {
    return undefined;
  }
}

/** Runs git; without git or with a failure, the output is empty. */
function git(root: string, ...args: string[]): string {
  const { status, stdout } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  return status === 0 ? stdout : '';
}
