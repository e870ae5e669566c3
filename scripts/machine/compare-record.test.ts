import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRecord } from '../../src/machine/image/snapshot-record.ts';
import {
  describeOtherSize,
  describeOtherState,
  RECORDED_LEVEL,
  writeRecord,
} from './compare-record.ts';

const one = '1'.repeat(64);
const two = '2'.repeat(64);
const file = join('guest', 'snapshot-record.json');
const stored = (bytes: number, level = RECORDED_LEVEL) => ({ state: one, bytes, level });

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'record-'))));
afterEach(() => rm(folder, { recursive: true }));

test('a record reads back as written, and is undefined before', async () => {
  const path = join(folder, 'snapshot-record.json');
  expect(readRecord(path)).toBeUndefined();
  await writeRecord(path, stored(3_562_000));
  expect(readRecord(path)).toEqual({ state: one, megabytes: 3.6 });
});

test('a file that is no record is an error', async () => {
  const path = join(folder, 'snapshot-record.json');
  await writeFile(path, JSON.stringify({ state: 'x', megabytes: 3 }));
  expect(() => readRecord(path)).toThrow('state');
});

test('the recorded state is accepted', () => {
  expect(describeOtherState(file, 'tiny', one, { state: one, megabytes: 1 })).toBeUndefined();
});

test.each([
  [two, /^guest\/snapshot-record\.json: .* is 1{12}, but 2{12} is recorded\.$/m],
  [undefined, /^guest\/snapshot-record\.json: .* is 1{12}, but nothing is recorded\.$/m],
])('a state other than %s is rejected with file, reason and next step', (state, first) => {
  const recorded = state === undefined ? undefined : { state, megabytes: 1 };
  const message = describeOtherState(file, 'tiny', one, recorded);
  expect(message).toMatch(first);
  expect(message).toContain('has changed');
  expect(message).toContain('snapshot.ts --image tiny --record');
});

const record = { state: one, megabytes: 22 };

test.each([21.4e6, 22e6, 22.6e6])('a size of %d is near enough to 22 MB', (bytes) => {
  expect(describeOtherSize(file, 'tiny', stored(bytes), record)).toBeUndefined();
});

test.each([21.2e6, 22.8e6])('a size of %d is rejected with the next step', (bytes) => {
  const message = describeOtherSize(file, 'tiny', stored(bytes), record);
  expect(message).toMatch(/^guest\/snapshot-record\.json: .* 2\d\.\d\d MB, but 22 MB are recorded/);
  expect(message).toContain('snapshot.ts --image tiny --record');
});

test('the size at a fast level is not compared', () => {
  expect(describeOtherSize(file, 'tiny', stored(40e6, 10), record)).toBeUndefined();
});
