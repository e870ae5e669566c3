import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineFolder } from '../paths.ts';
import { startCost } from './start-cost.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cost-'));
  mkdirSync(join(folder, 'big'));
  const text = readFileSync(join(machineFolder, 'images.json'), 'utf8');
  const { format, images } = JSON.parse(text) as {
    format: number;
    images: { course: { memoryBytes: number } };
  };
  const big = { ...images.course, memoryBytes: 3 * images.course.memoryBytes };
  writeFileSync(
    join(folder, 'images.json'),
    JSON.stringify({ format, images: { ...images, big } }),
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (megabytes: number) =>
  writeFileSync(
    join(folder, 'big/snapshot-record.json'),
    JSON.stringify({ state: '0'.repeat(64), megabytes }),
  );

test.each([
  [21.6, 22],
  [9.4, 9.4],
])('a download of %d MB is stated as %d MB', async (recorded, megabytes) => {
  record(recorded);
  expect(await startCost('big', folder, folder)).toEqual({ megabytes, machines: 3 });
});

test('the default image and one without a record state none', async () => {
  expect(await startCost('big', folder, folder)).toBeUndefined();
  expect(await startCost('course')).toBeUndefined();
});
