// Proposes a patch in a separate repository: a copy of the project with a single page.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineFolder, top } from '../../src/paths.ts';
import { copyTree } from '../test/copy-tree.ts';
import type { Tree } from '../test/copy-tree.ts';

let tree: Tree;
const file = 'content/index.mdx';
const page = (output: string, before = '') =>
  `---\ntitle: T\n---\n\n${before}Text.\n\n\`\`\`sh cell id=a\n$ echo one\n${output}\n\`\`\`\n`;

function git(...args: string[]): void {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  const { status, stderr } = spawnSync('git', [...author, ...args], { cwd: tree.folder });
  if (status !== 0) throw new Error(String(stderr));
}

/** Commits the page and proposes a patch for it. Returns the printed text. */
function propose(text: string): string {
  rmSync(join(tree.folder, 'x.patch'), { force: true });
  writeFileSync(join(tree.folder, file), text);
  git('add', file);
  git('commit', '--message', 'A page');
  const args = ['scripts/authors/propose-patch.ts', 'x.patch'];
  const env = { ...process.env, GITHUB_STEP_SUMMARY: '' };
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: tree.folder, env });
  expect(status).toBe(0);
  return String(stdout);
}

beforeAll(() => {
  tree = copyTree();
  const at = (name: string) => join(tree.folder, name);
  // Git keeps links as links, and a link for all of `public` would leave no folder for the snapshot.
  rmSync(at('public'));
  for (const part of globSync(`${machineFolder}/**/*`).filter((path) => /\.\w+$/.test(path))) {
    const link = at(relative(top, part));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(part, link);
  }
  rmSync(at('content'), { recursive: true });
  mkdirSync(at('content'));
  writeFileSync(at(file), '');
  git('init');
  git('add', '--all', ':!node_modules');
});
afterAll(() => tree.remove());

test('a differing output and an unformatted page give a patch that git can apply', () => {
  const printed = propose(page('two', '*  a list\n\n'));
  expect(printed).toContain(`\`${file}\``);
  expect(printed).toContain('git apply x.patch');
  git('apply', 'x.patch');
  expect(readFileSync(join(tree.folder, file), 'utf8')).toBe(page('one', '- a list\n\n'));
});

test('a correct page needs no patch', () => {
  expect(propose(page('one'))).toMatch(/^No patch/m);
});
