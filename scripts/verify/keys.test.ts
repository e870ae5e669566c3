import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderFiles } from '../../src/machine/node-machine.ts';
import { machineFolder, top } from '../../src/paths.ts';
import { findMachines, hashOfCode } from './keys.ts';

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

/** A machine's folder with the committed list of images, and a snapshot of its image `course` with this change. */
async function folderWith(change: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  const list = (await folderFiles(machineFolder).readJson('images.json')) as {
    images: { course: object };
  };
  const sha256 = '0'.repeat(64);
  const file = { file: 'course/snapshot-0.bin', bytes: 1, sha256, state: sha256, inflatedBytes: 1 };
  const engine = { version: '1', bytes: 1, sha256 };
  const made = { key: 'k', level: 1, sessions: [], prefetch: [] };
  const image = { ...list.images.course, ...change };
  await mkdir(join(folder, 'course'));
  await writeFile(join(folder, 'images.json'), JSON.stringify(list));
  const entry = JSON.stringify({ format: 3, ...file, engine, image, ...made });
  await writeFile(join(folder, 'course/snapshot.json'), entry);
  return folder;
}

test('no cell is verified on the snapshot of an older build of its image', async () => {
  const [own, older] = [await folderWith({}), await folderWith({ version: '6.1' })];
  expect((await findMachines(top, own)('course')).kernel).toMatch(/^6\./);
  await expect(findMachines(top, older)('course')).rejects.toThrow(
    `The snapshot of the machine course in ${older} belongs to an older build of the image. Run npm run build first.`,
  );
  await Promise.all([own, older].map((folder) => rm(folder, { recursive: true })));
});
