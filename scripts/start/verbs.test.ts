// Every npm command works right after `git clone`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};
const commands = Object.entries(scripts).flatMap(([verb, line]) =>
  line.split(' && ').map((command) => [verb, command] as const),
);

test.each(commands)('npm run %s installs what it needs', (_, command) => {
  const [node, bootstrap, script = ''] = command.split(' ');
  expect(node).toBe('node');
  if (bootstrap === 'scripts/test/test.mjs') return;
  expect(bootstrap).toBe('scripts/start/run.mjs');
  expect(existsSync(script), script).toBe(true);
});

const old = { ...process.env, npm_config_user_agent: 'npm/10.0.0 node/v18.20.8 linux x64' };
const run = (script: string) =>
  spawnSync(process.execPath, [join('scripts', script)], { env: old, encoding: 'utf8' });

test('a command on an old Node prints one sentence and no stack', () => {
  const { status, stdout, stderr } = run('start/run.mjs');
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^This project needs Node .*, but this is Node 18\.20\.8: .*\n$/);
});
