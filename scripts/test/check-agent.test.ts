import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'c-'));
mkdirSync(join(folder, 'agent'));
afterAll(() => rmSync(folder, { recursive: true }));

function check(code: string) {
  writeFileSync(join(folder, 'agent/x.c'), code);
  const args = ['scripts/test/check-agent.ts', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

// The part `agent-style`, which runs before these tests, installs them if possible.
const areThere = ['clang-format-14', 'clang-tidy-14'].every(
  (tool) => spawnSync(tool, ['--version']).status === 0,
);

test.runIf(areThere)(
  'the format of C and likely mistakes in it are checked',
  () => {
    expect(check('int one(void) { return 1; }\n')).toMatchObject({ status: 0 });
    const misshapen = check('int one(void)\n{ return 1; }\n');
    expect(misshapen).toMatchObject({ status: 1 });
    expect(misshapen.text).toContain('agent/x.c:1:14: error: code should be clang-formatted');
    const mistaken = check('int zero(int *p) { return p ? 1 : *p; }\n');
    expect(mistaken).toMatchObject({ status: 1 });
    expect(mistaken.text).toContain('clang-analyzer-core.NullDereference');
  },
  30_000,
);
