import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findNode, packagesOf } from './find-node.mjs';

const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  optionalDependencies: Record<string, string>;
};
const platforms = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'x64'],
  ['darwin', 'arm64'],
  ['win32', 'x64'],
] as const;

test.each(platforms)('npm installs a Node for %s %s', (os, cpu) => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const names = packagesOf(os, cpu).filter((name) => name in optionalDependencies);
  expect(names).toHaveLength(1);
  const entry = packages[`node_modules/${names[0]}`];
  expect([entry.os, entry.cpu].flat()).toEqual([os, cpu]);
});

test('elsewhere the reader’s own Node runs the scripts if it is new enough', () => {
  const own = { platform: 'freebsd', arch: 'x64', execPath: '/usr/bin/node' };
  expect(findNode('.', { ...own, versions: { node: '24.0.0' } })).toBe('/usr/bin/node');
  expect(() => findNode('.', { ...own, versions: { node: '22.12.0' } })).toThrow('Install Node 24');
});
