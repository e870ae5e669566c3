// Tests both scripts against a local server in place of GitHub.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findPages } from './find-pages.ts';
import type { Environment } from './github.ts';
import { isTip } from './is-tip.ts';

let folder = '';
let server: Server;
let environment: Environment;
let answer: { status: number; body: object };
let asked = '';

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'github-'));
  server = createServer((request, response) => {
    asked = `${request.url} ${request.headers.authorization}`;
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  environment = {
    GITHUB_API_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    GITHUB_REPOSITORY: 'ann/course',
    GITHUB_TOKEN: 'secret',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: 'a1',
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  };
});
afterEach(async () => {
  vi.restoreAllMocks();
  server.close();
  await rm(folder, { recursive: true });
});

const written = (name: string) => readFile(join(folder, name), 'utf8').catch(() => undefined);
const pages = (html_url: string, build_type = 'workflow') => ({
  status: 200,
  body: { html_url, build_type },
});

test.each([
  ['https://ann.github.io/course/', 'https://ann.github.io', '/course'],
  ['https://course.dev/', 'https://course.dev', ''],
])('the build gets the address %s in two pieces', async (url, origin, base) => {
  answer = pages(url);
  await findPages(environment);
  expect(await written('output')).toBe(`pages=true\nurl=${url}\n`);
  expect(await written('env')).toBe(`SITE_URL=${origin}\nBASE_PATH=${base}\n`);
  expect(asked).toBe('/repos/ann/course/pages Bearer secret');
});

test.each([
  ['without Pages', { status: 404, body: {} }, 'is not switched on'],
  ['whose plan has no Pages', { status: 403, body: {} }, 'needs a paid plan'],
  ['that publishes a branch', pages('https://ann.github.io/course/', 'legacy'), 'from a branch'],
])('a repository %s gets a hint, and no failure', async (_, given, reason) => {
  answer = given;
  await findPages(environment);
  expect(await written('output')).toBe('pages=false\n');
  expect(await written('env')).toBeUndefined();
  expect(await written('summary')).toContain(reason);
  expect(await written('summary')).toContain('choose **GitHub Actions** as the source');
});

test('any other answer is a failure, since the site would silently stay unchanged', async () => {
  answer = { status: 500, body: {} };
  await expect(findPages(environment)).rejects.toThrow(
    'GitHub answered with status 500 when asked about Pages.',
  );
  await expect(isTip(environment)).rejects.toThrow(
    'answered with status 500 when asked about refs/heads/main.',
  );
});

test.each([
  ['a1', 'tip=true\n'],
  ['b2', 'tip=false\n'],
])('a commit a1 of a branch that ends in %s: %s', async (sha, output) => {
  answer = { status: 200, body: { object: { sha } } };
  await isTip(environment);
  expect(asked).toBe('/repos/ann/course/git/ref/heads/main Bearer secret');
  expect(await written('output')).toBe(output);
  const reason = 'Not published: a1 is no longer the newest commit. The newest is b2.\n';
  expect(await written('summary')).toBe(sha === 'a1' ? undefined : reason);
});
