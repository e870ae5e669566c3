import { expect, test } from 'vitest';
import { nodeEffects } from '../node-machine.ts';
import { machineFolder } from '../../paths.ts';
import { imageNames } from './image-names.ts';
import { parseSnapshotEntry, printSnapshotEntry } from './manifest.ts';
import type { ImageEntry, SnapshotEntry } from './manifest.ts';
import { readImage } from './read-image.ts';

const sha256 = '0'.repeat(64);
const entryOf = (image: ImageEntry): SnapshotEntry => ({
  format: 3,
  file: 'a/snapshot-0.bin',
  bytes: 1,
  sha256,
  state: sha256,
  inflatedBytes: 1,
  engine: { version: '1', bytes: 1, sha256 },
  image,
  key: '',
  level: 1,
  sessions: [],
  prefetch: [],
});

const course = await readImage(nodeEffects(machineFolder));
const stored = (change: object): unknown => ({
  ...(JSON.parse(printSnapshotEntry(entryOf(course))) as object),
  ...change,
});

test.each(imageNames())('a snapshot.json has the whole image %s, as images.json', async (name) => {
  const image = await readImage(nodeEffects(machineFolder, name));
  const found = parseSnapshotEntry(JSON.parse(printSnapshotEntry(entryOf(image))));
  // The results of cells contain a hash of this text.
  expect(JSON.stringify(found.image)).toBe(JSON.stringify(image));
});

test('the name of a part’s file is not stored, because its hash gives it', () => {
  expect(printSnapshotEntry(entryOf(course))).not.toContain('parts/');
});

test.each([
  ['another format', { format: 2 }, 'snapshot.json.format: invalid_value'],
  ['no image', { image: undefined }, 'snapshot.json.image: invalid_type, expected object'],
  [
    'a part without a hash',
    { image: { ...course, kernel: { bytes: 1 } } },
    'snapshot.json.image.kernel.sha256: invalid_type, expected string',
  ],
])('a snapshot.json with %s is rejected with the place', (_, change, message) => {
  expect(() => parseSnapshotEntry(stored(change))).toThrow(
    expect.objectContaining({ failure: 'BadManifest', message }) as Error,
  );
});
