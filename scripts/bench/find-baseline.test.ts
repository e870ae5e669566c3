import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBaseline } from './find-baseline.ts';

let top = '';

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'baseline-'));
  await mkdir(join(top, 'guest/baseline'), { recursive: true });
  await writeFile(join(top, 'guest/baseline/build.sh'), 'build');
  await writeFile(join(top, 'guest/baseline/init'), 'init');
  await writeFile(join(top, 'guest/baseline/unpack.sh'), 'unpack');
});
afterEach(() => rm(top, { recursive: true }));

/** Writes the files that build.sh would write for this recipe. */
function maker(recipe: string) {
  return async (_source: string, built: string): Promise<boolean> => {
    await mkdir(built, { recursive: true });
    const hash = createHash('sha256').update(recipe).digest('hex');
    const info = { recipe: hash, kernel: '6.1', programs: 'bash 5' };
    await writeFile(join(built, 'info.json'), JSON.stringify(info));
    await writeFile(join(built, 'vmlinuz'), 'kernel');
    await writeFile(join(built, 'initrd.cpio'), 'initramfs');
    return true;
  };
}

const unable = async (): Promise<boolean> => false;

test('a missing baseline is built once', async () => {
  expect(await findBaseline(top, maker('buildinitunpack'))).toMatchObject({ kernel: '6.1' });
  const again = await findBaseline(top, unable);
  expect(again?.programs).toBe('bash 5');
});

test('a baseline from an older recipe is rebuilt', async () => {
  await findBaseline(top, maker('buildinitunpack'));
  await writeFile(join(top, 'guest/baseline/init'), 'new');
  expect(await findBaseline(top, unable)).toBeUndefined();
  expect(await findBaseline(top, maker('buildnewunpack'))).toBeDefined();
});

test('there is none if it cannot be built', async () => {
  expect(await findBaseline(top, unable)).toBeUndefined();
});
