import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser, type Effects } from './find-browser.ts';
import { top } from './paths.ts';

const playwright = `${process.execPath} ${join(top, 'node_modules/playwright/cli.js')}`;

interface Machine {
  files?: string[];
  env?: Record<string, string>;
  isRoot?: boolean;
  /** The paths that each command creates; a command that is not listed fails. */
  installs?: Record<string, string>;
}

function pretend({ files = [], env = {}, isRoot = false, installs = {} }: Machine) {
  const ran: string[] = [];
  const effects: Effects = {
    env,
    isRoot,
    exists: (path) => files.includes(path),
    ownPath: () => '/own/chrome',
    log: () => undefined,
    run: (command, args) => {
      const key = `${command} ${args[0]}`;
      ran.push(key);
      const file = installs[key];
      if (file !== undefined) files.push(file);
      return file !== undefined;
    },
  };
  return { effects, ran };
}

test('uses the browser that CHROMIUM_PATH names', () => {
  const { effects } = pretend({ files: ['/x'], env: { CHROMIUM_PATH: '/x' } });
  expect(findBrowser(effects)).toEqual({ executablePath: '/x' });
});

test('reports a CHROMIUM_PATH that does not exist', () => {
  const { effects } = pretend({ env: { CHROMIUM_PATH: '/x' } });
  expect(() => findBrowser(effects)).toThrow('CHROMIUM_PATH names /x, which does not exist.');
});

test('prefers Playwright’s own, then the system’s, and installs nothing', () => {
  const both = pretend({ files: ['/own/chrome', '/usr/bin/chromium'] });
  expect(findBrowser(both.effects)).toEqual({});
  const system = pretend({ files: ['/usr/bin/chromium'] });
  expect(findBrowser(system.effects)).toEqual({ executablePath: '/usr/bin/chromium' });
  expect([...both.ran, ...system.ran]).toEqual([]);
});

test('downloads a browser if there is none', () => {
  const { effects } = pretend({ installs: { [playwright]: '/own/chrome' } });
  expect(findBrowser(effects)).toEqual({});
});

test('installs Debian’s as root when the download fails', () => {
  const { effects, ran } = pretend({
    files: ['/usr/bin/apt-get'],
    isRoot: true,
    installs: { 'apt-get install': '/usr/bin/chromium' },
  });
  expect(findBrowser(effects)).toEqual({ executablePath: '/usr/bin/chromium' });
  expect(ran).toEqual([playwright, 'apt-get install']);
});

test('prints the next step when all of this fails', () => {
  const { effects, ran } = pretend({ files: ['/usr/bin/apt-get'], isRoot: true });
  expect(() => findBrowser(effects)).toThrow(/Install Chromium or Chrome, or run/);
  expect(ran).toEqual([playwright, 'apt-get install', 'apt-get update']);
});
