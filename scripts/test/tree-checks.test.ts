// Tests the parts that check the whole tree, with faults planted in a copy.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { top } from '../../src/paths.ts';
import { copyTree } from './copy-tree.ts';
import type { Tree } from './copy-tree.ts';
import { parts } from './parts.ts';

let tree: Tree;
beforeEach(() => void (tree = copyTree()));
afterEach(() => tree.remove());

const append = (file: string, text: string) => appendFileSync(join(tree.folder, file), text);
function replace(file: string, found: RegExp | string, text: string): void {
  const path = join(tree.folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(found, text));
}

/** Runs a part's only command in the copy. */
function run(name: string): { status: number | null; stdout: string } {
  const [program = '', ...args] = parts.find((part) => part.name === name)?.commands[0] ?? [];
  const file = join(top, 'node_modules/.bin', program);
  return spawnSync(process.execPath, [file, ...args], { cwd: tree.folder, encoding: 'utf8' });
}

test('unused files, components, exports and dependencies are found', () => {
  append('src/unused.ts', 'export {};\n');
  append('src/nearest.ts', 'export const unused = 1;\n');
  replace('content/references.mdx', /<Glossary/g, '<Bibliography');
  replace('package.json', '"dependencies": {', '"dependencies": {\n    "not-used": "1.0.0",');
  const { status, stdout } = run('unused');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^src\/unused\.ts/m);
  expect(stdout).toMatch(/^src\/components\/mdx\/Glossary\.astro/m);
  expect(stdout).toMatch(/^not-used +package\.json/m);
  expect(stdout).toMatch(/^unused +src\/nearest\.ts/m);
}, 60_000);

test('an unknown word is found in prose and in comments', () => {
  // In two pieces, since this file is checked as well.
  const word = `wro${'ngg'}`;
  append('README.md', `A ${word} word.\n`);
  append('src/nearest.ts', `// A ${word} word.\nconst codde = 1;\n`);
  append('src/components/mdx/Cite.astro', `<style>/* A ${word} word. */</style>\n`);
  append('guest/agent/frame.h', `/* A ${word}\n word. */\n`);
  append('guest/build.sh', `true # A ${word} word.\n`);
  const { status, stdout } = run('spelling');
  expect(status).toBe(1);
  const found = [...stdout.matchAll(new RegExp(`^(\\S+?):\\d.*${word}`, 'gm'))].map(
    ([, file]) => file,
  );
  expect(new Set(found)).toEqual(
    new Set([
      'README.md',
      'guest/agent/frame.h',
      'guest/build.sh',
      'src/components/mdx/Cite.astro',
      'src/nearest.ts',
    ]),
  );
  expect(stdout).not.toContain('codde');
}, 60_000);

const faults: [wall: string, file: string, text: string][] = [
  ['no-cycle', 'src/nearest.ts', `import type { A } from './planted.ts';\nexport type B = A;`],
  ['machine-without-site', 'src/machine/queue.ts', `import '../cells/cell.ts';`],
  ['one-door-to-v86', 'src/machine/queue.ts', `import 'v86';`],
  ['cells-without-machine', 'src/cells/cell.ts', `import '../machine/queue.ts';`],
  ['cells-without-site', 'src/cells/cell.ts', `import '../course-data/term.ts';`],
  ['page-without-texts', 'src/cells/match/compare.ts', `import '../cell.ts';`],
  ['page-without-node', 'src/components/elements/required.ts', `import '../../planted.ts';`],
  ['author-tools-in-dev-only', 'src/course-data/term.ts', `import '../author-tools/accept.ts';`],
  ['src-without-scripts', 'src/nearest.ts', `import '../scripts/site/list-pages.ts';`],
  ['scripts-apart', 'scripts/site/list-pages.ts', `import '../verify/pool.ts';`],
];

test('each forbidden import is found', () => {
  const common = `import type { B } from './nearest.ts';\nexport type A = B;\nimport 'node:fs';\n`;
  append('src/planted.ts', common);
  append('src/cells/cell.ts', `import './text/chapter.ts';\n`);
  for (const [, file, text] of faults) append(file, `${text}\n`);
  const { status, stdout } = run('walls');
  expect(status).not.toBe(0);
  for (const [wall, file] of faults) expect(stdout).toContain(`error ${wall}: ${file} →`);
}, 60_000);
