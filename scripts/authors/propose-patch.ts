/**
 * Writes a patch with the changes that the authors' commands would make: outputs as the machine prints
 * them, drawings of the diagrams, and the format of content/. It is for authors who edit on a web page and
 * cannot run these commands. It works in a copy of the last commit and does not touch the checked files.
 * Needs the built snapshot. usage: node scripts/authors/propose-patch.ts PATCH-FILE
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, globSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { describePatch } from './describe-patch.ts';
import { machineFolder, top } from '../../src/paths.ts';

const [patchFile] = process.argv.slice(2);
const copy = resolve('.cache/proposal');

/** Runs a program in a folder. Its output is either shown or returned. */
function run(program: string, args: string[], cwd: string, show = true) {
  // With CI set, verify.ts would not write.
  const env = { ...process.env, CI: '', TEST_REPORT: '' };
  const stdio = show ? 'inherit' : 'pipe';
  return spawnSync(program, args, { cwd, env, stdio, encoding: 'utf8', maxBuffer: 64e6 });
}

function git(args: string[], cwd = '.'): string {
  const { status, stdout, stderr } = run('git', args, cwd, false);
  if (status !== 0) throw new Error(`git ${args[0]} ended with ${status ?? 'a signal'}: ${stderr}`);
  return stdout;
}

function removeCopy(): void {
  rmSync(copy, { recursive: true, force: true });
  git(['worktree', 'prune']);
}

/** Makes a copy of the last commit, and adds the files that git does not keep. */
function makeCopy(): void {
  removeCopy();
  git(['worktree', 'add', '--detach', copy, 'HEAD']);
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const file of globSync(join(machineFolder, '*/snapshot*'))) {
    symlinkSync(file, join(copy, relative(top, file)));
  }
}

function propose(): string {
  makeCopy();
  try {
    // A command fails at a mistake that the checks have reported. The others still run.
    run(process.execPath, ['scripts/authors/draw-diagrams.ts'], copy);
    run(process.execPath, ['scripts/verify/verify.ts', '--accept'], copy);
    run(process.execPath, ['scripts/authors/format-cells.ts'], copy);
    const prettier = 'node_modules/prettier/bin/prettier.cjs';
    run(process.execPath, [prettier, '--write', '--log-level=warn', 'content'], copy);
    git(['add', '--all', 'content'], copy);
    return git(['diff', '--cached', '--binary', '--', 'content'], copy);
  } finally {
    removeCopy();
  }
}

if (!patchFile) {
  console.error('usage: node scripts/authors/propose-patch.ts PATCH-FILE');
  process.exit(2);
}
const patch = propose();
if (patch) writeFileSync(patchFile, patch);
const description = describePatch(patch, basename(patchFile));
console.log(description);
// GitHub shows this on the page of the run.
const summary = process.env['GITHUB_STEP_SUMMARY'];
if (summary) appendFileSync(summary, `${description}\n`);
