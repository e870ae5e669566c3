import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'format-'));
afterAll(() => rmSync(folder, { recursive: true }));
const page = join(folder, 'page.mdx');

function format(...args: string[]): { printed: string; status: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [
    'scripts/authors/format-cells.ts',
    ...args,
    page,
  ]);
  return { printed: stdout.toString(), status };
}

test('a fence that is not canonical fails the check with its position and the command to run', () => {
  const wrong = 'Text.\n\n```sh  cell session=inside id=a\n$ x\n```\n';
  writeFileSync(page, wrong);
  const { printed, status } = format('--check');
  expect(status).toBe(1);
  expect(printed).toMatch(/page\.mdx:3:1 {2}UnformattedCell\n/);
  expect(printed).toContain(
    '- ```sh  cell session=inside id=a\n+ ```sh cell id=a session=inside\n',
  );
  expect(printed).toContain('Run npm run format.');
  expect(readFileSync(page, 'utf8')).toBe(wrong);
  expect(format().status).toBe(0);
  expect(readFileSync(page, 'utf8')).toBe('Text.\n\n```sh cell id=a session=inside\n$ x\n```\n');
  expect(format('--check')).toEqual({ printed: '', status: 0 });
});

test('a mistake in a fence is reported, and nothing is written', () => {
  writeFileSync(page, '```sh cell  id=a tmeout=5\n$ x\n```\n');
  const { printed, status } = format();
  expect(status).toBe(1);
  expect(printed).toContain('page.mdx:1:18  UnknownCellOption');
});
