import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryOfDescendants, parentIn, withPeakMemory } from './memory.ts';

test('the parent comes after a name that may contain parentheses and spaces', () => {
  expect(parentIn('7 (a) b (c) S 3 7 7 0')).toBe(3);
});

test('counts children and their children, and no other process', async () => {
  const proc = await mkdtemp(join(tmpdir(), 'proc-'));
  const add = async (id: number, parent: number, kilobytes: number): Promise<void> => {
    await mkdir(join(proc, `${id}`));
    await writeFile(join(proc, `${id}`, 'stat'), `${id} (tab) S ${parent} 1 1`);
    const rollup = `0-f ---p 0 0:0 0 [rollup]\nRss: 9000 kB\nPss:     ${kilobytes} kB\nPss_Dirty: 5 kB\n`;
    await writeFile(join(proc, `${id}`, 'smaps_rollup'), rollup);
  };
  await add(10, 1, 1000);
  await add(11, 10, 20);
  await add(12, 11, 3);
  await add(13, 1, 500);
  await mkdir(join(proc, 'self'));
  await mkdir(join(proc, '14')); // has ended in the meantime
  expect(await memoryOfDescendants(10, proc)).toBe(23 * 1024);
  await rm(proc, { recursive: true });
});

test.runIf(process.platform === 'linux')('sees the memory of a child', async () => {
  const { value, bytes } = await withPeakMemory(async () => {
    const code = 'globalThis.x = Buffer.alloc(60e6, 1); console.log(1); process.stdin.resume()';
    const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const seen = await memoryOfDescendants(process.pid);
    child.stdin.end();
    await once(child, 'exit');
    return seen;
  });
  expect(value).toBeGreaterThan(60e6);
  expect(bytes).toBeGreaterThanOrEqual(0);
});
