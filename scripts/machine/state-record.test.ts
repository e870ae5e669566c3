import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeOtherState, readStateRecord, writeStateRecord } from './state-record.ts';

const one = '1'.repeat(64);
const two = '2'.repeat(64);

test('a record reads back as written, and is undefined before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'state-record-'));
  const file = join(folder, 'state.sha256');
  expect(await readStateRecord(file)).toBeUndefined();
  await writeStateRecord(file, one);
  expect(await readStateRecord(file)).toBe(one);
  await rm(folder, { recursive: true });
});

test('the recorded state is accepted', () => {
  expect(describeOtherState('state.sha256', one, one)).toBeUndefined();
});

test.each([
  [two, /^guest\/state\.sha256: .* is 1{12}, but 2{12} is recorded\.$/m],
  [undefined, /^guest\/state\.sha256: .* is 1{12}, but nothing is recorded\.$/m],
])('a state other than %s is rejected with file, reason and next step', (recorded, first) => {
  const message = describeOtherState(join('guest', 'state.sha256'), one, recorded);
  expect(message).toMatch(first);
  expect(message).toContain('has changed');
  expect(message).toContain('snapshot.ts --record');
});
