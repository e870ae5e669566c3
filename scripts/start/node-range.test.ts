import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bestMajor, inWords, nodeOfNpm, satisfies, unfitNode } from './node-range.mjs';

interface Package {
  os?: string[];
  cpu?: string[];
  engines?: { node?: string };
}
const read = (file: string) => readFileSync(file, 'utf8');
const range: string = JSON.parse(read('package.json')).engines.node;
const packages: Record<string, Package> = JSON.parse(read('package-lock.json')).packages;
const oldest = [...range.matchAll(/[\d.]+/g)].map(([version]) => version);

test.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0'])('Node %s is too old', (version) => {
  expect(satisfies(version, range)).toBe(false);
});

test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.0.0', '26.10.0'])(
  'Node %s can install the packages',
  (version) => {
    expect(satisfies(version, range)).toBe(true);
    expect(unfitNode(version)).toBe('');
  },
);

test('an unfit Node gets one sentence with its version, the range and the next step', () => {
  expect(unfitNode('22.11.0')).toBe(
    'This project needs Node 20.19 (or a newer 20) or 22.12 (or any newer), but this is Node 22.11.0: ' +
      'install Node 24 from nodejs.org or with a version manager, and run the command again.',
  );
});

test('the Node of npm counts, not the one in node_modules', () => {
  const agent = 'npm/11.19.1 node/v18.20.8 linux x64 workspaces/false';
  expect(nodeOfNpm({ npm_config_user_agent: agent })).toBe('18.20.8');
  expect(nodeOfNpm({})).toBe(process.versions.node);
});

test('npm leaves out no native package on the oldest Node of the range', () => {
  const systems = ['linux', 'darwin', 'win32'];
  const processors = ['x64', 'arm64'];
  const isOurs = (wanted: string[] | undefined, all: string[]) =>
    !wanted || [wanted].flat().some((each) => all.includes(each));
  const leftOut = Object.entries(packages).filter(([path, { os, cpu, engines }]) => {
    if (path === '' || !(os ?? cpu) || !isOurs(os, systems) || !isOurs(cpu, processors))
      return false;
    return !oldest.every((version) => satisfies(version, engines?.node ?? '>=0'));
  });
  expect(leftOut).toEqual([]);
});

test('npm has no warnings when it installs on the project’s Node', () => {
  const own = JSON.parse(read('package.json')).optionalDependencies as Record<string, string>;
  const versions = Object.entries(own).filter(([name]) => name.startsWith('node-'));
  const unfit = Object.entries(packages).filter(([path, { os, cpu, engines }]) => {
    if (path === '' || os || cpu) return false;
    return !versions.every(([, version]) => satisfies(version, engines?.node ?? '>=0'));
  });
  expect(unfit).toEqual([]);
});

test('README, the lockfile and .nvmrc say the same', () => {
  expect(read('README.md').replace(/\s+/g, ' ')).toContain(`Node ${inWords(range)}`);
  expect(packages['']?.engines?.node).toBe(range);
  expect(read('.nvmrc').trim()).toBe(`${bestMajor}`);
});
