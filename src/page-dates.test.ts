import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordDates } from '../scripts/authors/record-dates.ts';
import { pageDates } from './page-dates.ts';

const page = 'content/a.mdx';
let folder = '';
let origin = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dates-'));
  origin = join(folder, 'origin');
  mkdirSync(join(origin, 'content'), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  write(page, 'one\n');
  recordDates(origin, new Date('2020-01-02T03:00:00Z'));
  commit('2020-01-02T03:00:00Z');
  write('content/b.mdx', 'another page\n');
  recordDates(origin, new Date('2022-05-06T03:00:00Z'));
  commit('2022-05-06T03:00:00Z');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string, root = origin) => writeFileSync(join(root, file), text);
const day = (root: string, file = page) => pageDates(root).get(file)?.toISOString().slice(0, 10);

function git(...args: string[]): void {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  execFileSync('git', [...author, ...args], { cwd: origin });
}

function commit(date: string): void {
  git('add', '--all');
  const env = { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  execFileSync('git', [...author, 'commit', '--quiet', '--message=x'], { cwd: origin, env });
}

/** A clone with the newest commit only. */
function shallow(): string {
  const clone = join(folder, 'shallow');
  const source = pathToFileURL(origin).href;
  execFileSync('git', ['clone', '--quiet', '--depth=1', source, clone]);
  return clone;
}

/** Makes a folder like a download without git. */
function download(): string {
  const copy = join(folder, 'download');
  cpSync(origin, copy, { recursive: true, filter: (path) => !path.endsWith('.git') });
  return copy;
}

test('a complete history gives the date of the last commit', () => {
  write('content/.dates.json', '{}');
  expect(day(origin)).toBe('2020-01-02');
});

test('a shallow clone and a download have the recorded dates', () => {
  for (const copy of [shallow(), download()]) {
    expect(day(copy)).toBe('2020-01-02');
    expect(day(copy, 'content/b.mdx')).toBe('2022-05-06');
  }
});

test('line ends do not matter', () => {
  const copy = download();
  write(page, 'one\r\n', copy);
  expect(day(copy)).toBe('2020-01-02');
});

test('a page that changed since it was recorded has no date there, rather than a wrong one', () => {
  write(page, 'two\n');
  commit('2024-01-01T00:00:00Z');
  expect(day(shallow())).toBeUndefined();
});

test('recording dates a changed page today, and leaves the others as they are', () => {
  write(page, 'two\n');
  recordDates(origin, new Date('2024-01-01T23:00:00Z'));
  const text = readFileSync(join(origin, 'content/.dates.json'), 'utf8');
  const record = JSON.parse(text) as Record<string, string>;
  expect(record[page]).toMatch(/^2024-01-01 [0-9a-f]{16}$/);
  expect(record['content/b.mdx']).toMatch(/^2022-05-06 /);
});

test('a page without a record is dated by its last commit, and a deleted one leaves the record', () => {
  write('content/.dates.json', '{"content/gone.mdx": "2001-01-01 0123456789abcdef"}');
  recordDates(origin, new Date('2024-01-01T23:00:00Z'));
  const text = readFileSync(join(origin, 'content/.dates.json'), 'utf8');
  expect(JSON.parse(text)).toEqual({
    [page]: expect.stringMatching(/^2020-01-02 /) as string,
    'content/b.mdx': expect.stringMatching(/^2022-05-06 /) as string,
  });
});
