import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOfCode } from './keys.ts';

test.each(['src/cells/match', 'src/machine/engine'])(
  'a change in %s invalidates all proofs, and one in a test does not',
  async (folder) => {
    const root = await mkdtemp(join(tmpdir(), 'keys-'));
    await mkdir(join(root, folder), { recursive: true });
    const before = await hashOfCode(root);
    await writeFile(join(root, folder, 'a.test.ts'), 'test');
    expect(await hashOfCode(root)).toBe(before);
    await writeFile(join(root, folder, 'a.ts'), 'code');
    expect(await hashOfCode(root)).not.toBe(before);
    await rm(root, { recursive: true });
  },
);
