// `npm run dev` with a file at which Astro would end with a stack.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyTree } from '../test/copy-tree.ts';

test('a data file that cannot be read is named with its place, and nothing is started', () => {
  const tree = copyTree();
  try {
    writeFileSync(join(tree.folder, 'content/terms/cgroup.yaml'), 'term: "a\n');
    const args = ['scripts/site/dev.ts'];
    const options = { cwd: tree.folder, encoding: 'utf8', timeout: 20_000 } as const;
    const { status, stderr } = spawnSync(process.execPath, args, options);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^content\/terms\/cgroup\.yaml:3:1 {2}BadYaml\n/);
    expect(stderr).toMatch(/dev: not started\./);
    expect(stderr).not.toMatch(/^ +at /m);
  } finally {
    tree.remove();
  }
}, 30_000);
