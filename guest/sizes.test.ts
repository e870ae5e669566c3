import { expect, test } from 'vitest';
import { readImage } from '../src/machine/image/read-image.ts';
import { nodeEffects } from '../src/machine/node-machine.ts';
import { machineFolder } from '../src/paths.ts';
import { compareSizes, sizesOf } from './sizes.ts';

const sizes = sizesOf(await readImage(nodeEffects(machineFolder)));

test('reports which entries have grown or shrunk, and by how much', () => {
  const now = new Map(sizes);
  now.set('kernel', (sizes.get('kernel') ?? 0) - 10);
  now.set('firmware', (sizes.get('firmware') ?? 0) + 7);
  const lines = compareSizes(sizes, now);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^kernel: \d+ bytes before, \d+ now \(-10\)$/);
  expect(lines[1]).toMatch(/^firmware: .* \(\+7\)$/);
});

test('reports a new and a removed layer', () => {
  const lines = compareSizes(new Map([['old', 5]]), new Map([['new', 7]]));
  expect(lines).toEqual(['old: 5 bytes before, 0 now (-5)', 'new: 0 bytes before, 7 now (+7)']);
});

test('reports that nothing has changed', () => {
  expect(compareSizes(sizes, sizes)).toEqual(['all sizes are as before']);
});
