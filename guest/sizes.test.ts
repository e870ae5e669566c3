import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseManifest } from '../src/machine/image/manifest.ts';
import { compareSizes } from './sizes.ts';
import { machineFolder } from '../src/paths.ts';
import { join } from 'node:path';

const manifest = parseManifest(
  JSON.parse(await readFile(join(machineFolder, 'manifest.json'), 'utf8')) as unknown,
);

test('tells which part has grown or shrunk, and by how much', () => {
  const kernel = { ...manifest.kernel, bytes: manifest.kernel.bytes - 10 };
  const parts = [...manifest.root.parts, { file: 'x', bytes: 7, sha256: '' }];
  const root = { ...manifest.root, parts };
  const lines = compareSizes(manifest, { ...manifest, kernel, root });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^kernel: \d+ bytes before, \d+ now \(-10\)$/);
  expect(lines[1]).toMatch(/^root: .* \(\+7\)$/);
});

test('tells that nothing has changed', () => {
  expect(compareSizes(manifest, manifest)).toEqual(['all parts are as large as before']);
});
