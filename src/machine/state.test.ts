import { expect, test } from 'vitest';
import { transition } from './state.ts';
import type { MachineEvent, MachineState } from './state.ts';

const idle: MachineState = { name: 'idle' };
const fetching: MachineState = { name: 'fetching', loaded: 0, total: 0 };
const restoring: MachineState = { name: 'restoring' };
const ready: MachineState = { name: 'ready' };
const busy: MachineState = { name: 'busy', sessions: ['host'] };
const waiting: MachineState = { ...busy, disk: {} };
const both: MachineState = { name: 'busy', sessions: ['host', 'second'] };
const failed: MachineState = { name: 'failed', failure: 'WorkerDied', message: '' };
const paused: MachineState = { name: 'paused', next: ready };
const all = [idle, fetching, restoring, ready, busy, both, failed, paused];

const rows: [MachineState, MachineEvent, MachineState][] = [
  [idle, { type: 'start' }, fetching],
  [failed, { type: 'start' }, fetching],
  [
    fetching,
    { type: 'progress', progress: { loaded: 1, total: 2 } },
    { name: 'fetching', loaded: 1, total: 2 },
  ],
  [fetching, { type: 'restore' }, restoring],
  [restoring, { type: 'restored' }, ready],
  [ready, { type: 'run', session: 'host' }, busy],
  [busy, { type: 'run', session: 'second' }, both],
  [both, { type: 'ran', session: 'second' }, busy],
  [busy, { type: 'ran', session: 'host' }, ready],
  [busy, { type: 'disk', wait: {} }, waiting],
  [waiting, { type: 'disk', wait: undefined }, busy],
  [waiting, { type: 'run', session: 'second' }, { ...both, disk: {} }],
  [waiting, { type: 'ran', session: 'host' }, ready],
  [busy, { type: 'restore' }, restoring],
  [ready, { type: 'pause' }, paused],
  [fetching, { type: 'pause' }, { name: 'paused', next: fetching }],
  [restoring, { type: 'pause' }, { name: 'paused', next: restoring }],
  [{ name: 'paused', next: restoring }, { type: 'restored' }, paused],
  [busy, { type: 'pause' }, { name: 'paused', next: busy }],
  [{ name: 'paused', next: busy }, { type: 'ran', session: 'host' }, paused],
  [{ name: 'paused', next: busy }, { type: 'resume' }, busy],
  [paused, { type: 'resume' }, ready],
];

test.each(rows)('%j and %j give %j', (before, event, after) => {
  expect(transition(before, event)).toEqual(after);
});

test.each(all)('%j can fail', (state) => {
  expect(transition(state, { type: 'fail', failure: 'GuestStopped', message: 'm' })).toEqual({
    name: 'failed',
    failure: 'GuestStopped',
    message: 'm',
  });
});

const strays: [MachineState, MachineEvent][] = [
  [idle, { type: 'restored' }],
  [idle, { type: 'pause' }],
  [failed, { type: 'pause' }],
  [ready, { type: 'start' }],
  [ready, { type: 'ran', session: 'host' }],
  [busy, { type: 'ran', session: 'second' }],
  [fetching, { type: 'run', session: 'host' }],
  [failed, { type: 'restored' }],
  [failed, { type: 'restore' }],
  [busy, { type: 'resume' }],
  [paused, { type: 'pause' }],
];

test.each(strays)('%j ignores %j', (state, event) => {
  expect(transition(state, event)).toBe(state);
});
