// Checks the format of the guest's C with clang-format, and the agent's code with clang-tidy.
// usage: node scripts/test/check-agent.ts [--fix]   (--fix: formats the files, checks nothing)
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installPackages } from '../../src/install-packages.ts';

// Each version formats differently. Debian 12 and Ubuntu 24.04 have packages of this one.
const format = 'clang-format-14';
const tidy = 'clang-tidy-14';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fix: { type: 'boolean', default: false } },
});
const folder = positionals[0] ?? 'guest';
const files = globSync(`${folder}/**/*.{c,h}`).sort();

if (!findTools()) {
  console.log(
    `SKIPPED: the agent's C is not checked, since ${format} and ${tidy} could not be installed. ` +
      `On Debian or Ubuntu, run \`apt-get install ${format} ${tidy} libc6-dev\` as root.`,
  );
} else if (values.fix) {
  process.exitCode = runFormat('-i') ? 0 : 1;
} else {
  process.exitCode = hasForm() && hasNoMistakes() ? 0 : 1;
}

function findTools(): boolean {
  const isThere = (tool: string) => spawnSync(tool, ['--version']).status === 0;
  const areThere = () => [format, tidy].every(isThere) && existsSync('/usr/include/stdio.h');
  return areThere() || (installPackages([format, tidy, 'libc6-dev']) && areThere());
}

function run(tool: string, args: string[]): boolean {
  return spawnSync(tool, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function runFormat(...options: string[]): boolean {
  return run(format, ['--style=file:.clang-format', ...options, ...files]);
}

function hasForm(): boolean {
  if (runFormat('--dry-run', '--Werror')) return true;
  console.error('Run `node scripts/start/run.mjs scripts/test/check-agent.ts --fix`.');
  return false;
}

function hasNoMistakes(): boolean {
  // Headers for the guest's processor exist only there. One is missing; an empty file replaces it here.
  if (process.arch !== 'x64') return true;
  const include = '.cache/include-32';
  mkdirSync(`${include}/gnu`, { recursive: true });
  writeFileSync(`${include}/gnu/stubs-32.h`, '');
  const target = ['--target=i386-linux-gnu', '-I', include, '-I', '/usr/include/x86_64-linux-gnu'];
  const code = files.filter((file) => /\bagent\b.*\.c$/.test(file));
  const options = ['--config-file=.clang-tidy', '--quiet', ...code];
  return run(tidy, [...options, '--', ...target, '-std=c17', '-Wall', '-Wextra']);
}
