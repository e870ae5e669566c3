import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { countedFiles } from './bytes.ts';

const json = new TextEncoder().encode('{"a": "manifest"}'.repeat(100));
const files = {
  read: async () => new Uint8Array([1, 2, 3]),
  readJson: async () => ({ a: 'manifest' }),
  readEngine: async () => new Uint8Array(),
};

test('each file is counted once: as stored, JSON gzipped', async () => {
  const counted = countedFiles(files, async () => json);
  const part = { file: 'parts/0123.bin', bytes: 3, sha256: '' };
  await counted.files.readJson('a/snapshot.json');
  expect(await counted.files.read(part)).toHaveLength(3);
  await counted.files.read(part);
  expect([...counted.counts]).toEqual([
    ['a/snapshot.json', gzipSync(json).length],
    ['parts/0123.bin', 3],
  ]);
});
