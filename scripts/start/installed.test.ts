import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forget, isInstalled, matches, writeStamp } from './installed.mjs';

const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const tool = { version: '1.0.0', integrity: 'sha512-a' };
const native = { ...tool, optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] };
const project = { version: '0.1.0' };

test('node_modules of a plain npm ci matches', () => {
  const wanted = {
    '': project,
    'node_modules/a': tool,
    'node_modules/native': native,
    'node_modules/musl': { ...native, libc: ['musl'] },
    'node_modules/mac': { ...native, os: 'darwin', libc: undefined },
    'node_modules/mac/node_modules/only-for-mac': { ...tool, optional: true },
  };
  const found = { 'node_modules/a': tool, 'node_modules/native': native };
  expect(matches(wanted, found, linux)).toBe(true);
});

test.each([
  ['a package is missing', {}],
  ['a version is another', { 'node_modules/a': { ...tool, version: '1.0.1' } }],
  ['a file is another', { 'node_modules/a': { ...tool, integrity: 'sha512-b' } }],
  ['a package is too many', { 'node_modules/a': tool, 'node_modules/a/node_modules/b': tool }],
])('node_modules does not match when %s', (_, found) => {
  expect(matches({ '': project, 'node_modules/a': tool }, found, linux)).toBe(false);
});

test('a native package that a wrong Node left out is missing', () => {
  const wanted = { '': project, 'node_modules/native': native };
  expect(matches(wanted, {}, linux)).toBe(false);
  expect(matches(wanted, {}, { ...linux, cpu: 'arm64' })).toBe(true);
});

let root = '';
const write = (file: string, packages: object) =>
  writeFileSync(join(root, file), JSON.stringify({ packages }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'installed-'));
  mkdirSync(join(root, 'node_modules'));
  write('package-lock.json', { '': project, 'node_modules/a': tool });
});
afterEach(() => rmSync(root, { recursive: true }));

test('an interrupted installation does not count', () => {
  expect(isInstalled(root)).toBe(false);
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages": {');
  expect(isInstalled(root)).toBe(false);
});

test('a finished installation counts until npm changes it or begins another', () => {
  write('node_modules/.package-lock.json', {});
  expect(isInstalled(root)).toBe(false);
  writeStamp(root);
  expect(isInstalled(root)).toBe(true);
  write('node_modules/.package-lock.json', { 'node_modules/b': tool });
  expect(isInstalled(root)).toBe(false);
  writeStamp(root);
  forget(root);
  expect(isInstalled(root)).toBe(false);
});

test('the stamp is valid for one version of Node', () => {
  write('node_modules/.package-lock.json', {});
  writeStamp(root);
  const agent = process.env['npm_config_user_agent'];
  process.env['npm_config_user_agent'] = 'npm/11.0.0 node/v20.19.0 linux x64';
  try {
    expect(isInstalled(root)).toBe(false);
  } finally {
    if (agent === undefined) delete process.env['npm_config_user_agent'];
    else process.env['npm_config_user_agent'] = agent;
  }
});
