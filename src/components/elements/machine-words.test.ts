import { expect, test } from 'vitest';
import type { MachineState } from '../../machine/state.ts';
import { describeChange, describeMachine } from './machine-words.ts';

const context = { admission: { kind: 'alone' }, hasCells: true } as const;
const fetching: MachineState = { name: 'fetching', loaded: 0, total: 0 };

test('a cancelled start and the end of a machine are announced', () => {
  const off = 'Press Run to start a Linux machine in this page.';
  expect(describeChange(fetching, { name: 'idle' }, context)).toBe(off);
  expect(describeChange({ name: 'ready' }, { name: 'idle' }, context)).toBe(off);
  expect(describeChange({ name: 'idle' }, { name: 'idle' }, context)).toBeUndefined();
});

test.each([
  [800, 'less than 1 kB/s, about 21 min left.'],
  [1_200, '1 kB/s, about 14 min left.'],
  [100, 'less than 1 kB/s, about 3 h left.'],
  [1_000_000, '1.0 MB/s, about 1 s left.'],
])('a download of %d bytes a second', (bytesPerSecond, end) => {
  const state: MachineState = { name: 'fetching', loaded: 0, total: 1_000_000 };
  expect(describeMachine(state, { ...context, bytesPerSecond })).toBe(
    `Downloading the machine: 0.0 of 1.0 MB, ${end}`,
  );
});

test('the making of a machine is shown with its steps, and announced once', () => {
  const making: MachineState = { ...fetching, making: { done: 3, of: 7 } };
  const text =
    'This computer is still making the machine for this page: 3 of 7 steps are done. The machine then starts by itself.';
  expect(describeMachine(making, context)).toBe(text);
  expect(describeMachine({ ...fetching, making: { done: 0, of: 0 } }, context)).toBe(
    text.replace(': 3 of 7 steps are done', ''),
  );
  expect(describeChange(fetching, making, context)).toBe(text);
  const next: MachineState = { ...making, making: { done: 4, of: 7 } };
  expect(describeChange(making, next, context)).toBeUndefined();
  expect(describeChange(next, fetching, context)).toBe('Downloading the machine.');
});

test('a machine that could not be made has the next step', () => {
  const failed: MachineState = { name: 'failed', failure: 'NotMade', message: '' };
  expect(describeMachine(failed, context)).toMatch(
    /could not make the machine for this page\. The terminal .* start the server again\./,
  );
});

test('a long wait for the disk is shown, and announced once for each reason', () => {
  const busy: MachineState = { name: 'busy', sessions: ['host'] };
  const waiting: MachineState = { ...busy, disk: {} };
  const retrying: MachineState = { ...busy, disk: { retrying: 'NetworkFailed' } };
  const wait = 'The machine is waiting for a part of its disk to download.';
  const retry = 'A part of the machine could not be downloaded. Trying again.';
  expect(describeMachine(waiting, context)).toBe(wait);
  expect(describeChange(busy, waiting, context)).toBe(wait);
  expect(describeChange(waiting, { ...waiting }, context)).toBeUndefined();
  expect(describeChange(waiting, retrying, context)).toBe(retry);
  expect(describeChange(retrying, busy, context)).toBeUndefined();
});

test('the texts of a page without cells do not mention Run', () => {
  const bare = { ...context, hasCells: false };
  expect(describeMachine({ name: 'idle' }, bare)).toBe('The machine is off.');
  const failed: MachineState = { name: 'failed', failure: 'GuestStopped', message: '' };
  expect(describeMachine(failed, bare)).toContain(
    'Press “Start again” to start the machine again.',
  );
  expect(describeMachine(failed, context)).toContain('Press Run to start the machine again.');
});

test('a large image states its download, and a small device, before the start', () => {
  const idle: MachineState = { name: 'idle' };
  const cost = { megabytes: 22, isTooLarge: false };
  expect(describeMachine(idle, { ...context, cost })).toBe(
    'Press Run to start a Linux machine in this page. Run downloads about 22 MB.',
  );
  expect(describeMachine(idle, { ...context, hasCells: false, cost })).toBe(
    'The machine is off. Starting it downloads about 22 MB.',
  );
  expect(describeMachine(idle, { ...context, cost: { ...cost, isTooLarge: true } })).toMatch(
    /22 MB\. This device may have too little memory for this machine\./,
  );
});
