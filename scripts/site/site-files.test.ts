import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAnswer } from './site-files.ts';

let root = '';
const find = (path: string, basePath = '/course') =>
  findAnswer({ folder: join(root, 'dist'), basePath }, path);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(root, 'dist', 'a b'), { recursive: true });
  await writeFile(join(root, 'dist', 'index.html'), '');
  await writeFile(join(root, 'dist', 'a b', 'index.html'), '');
  await writeFile(join(root, 'dist-secret'), '');
});
afterAll(() => rm(root, { recursive: true }));

test('finds the index of a folder, and files with spaces', async () => {
  expect(await find('/course/')).toEqual({ kind: 'file', path: join(root, 'dist', 'index.html') });
  expect(await find('/course/a%20b/index.html')).toMatchObject({ kind: 'file' });
});

test('redirects to the slash at the end', async () => {
  expect(await find('/course')).toEqual({ kind: 'redirect', to: '/course/' });
  expect(await find('/')).toEqual({ kind: 'redirect', to: '/course/' });
  expect(await find('/course/a%20b')).toEqual({ kind: 'redirect', to: '/course/a%20b/' });
});

test.each([
  '/other/',
  '/course/nothing',
  '/course/../secret',
  '/course/%2e%2e/dist-secret',
  '/course/..%2fdist-secret',
  '/course/../dist-secret',
  '/course/%00',
  '/course/%E0%A4%A',
])('finds nothing at %s', async (path) => {
  expect(await find(path)).toEqual({ kind: 'missing' });
});

test('serves a site at the root of its origin', async () => {
  expect(await find('/', '')).toMatchObject({ kind: 'file' });
});
