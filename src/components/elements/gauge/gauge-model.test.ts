import { beforeEach, expect, test } from 'vitest';
import type { GroupInfo } from '../../../machine/agent/kernel-report.ts';
import { GaugeModel } from './gauge-model.ts';

const group = (path: string, memory: GroupInfo['memory']): GroupInfo => ({
  ...{ path, processes: 0, frozen: false, cpu: {}, pids: {}, pressure: {} },
  memory,
});
const root = group('/', {});
const box = (current: number, more: GroupInfo['memory'] = {}): { groups: GroupInfo[] } => ({
  groups: [root, group('/box', { current, max: 16, oomKills: 0, ...more }), group('/box/in', {})],
});
const none = { groups: [root] };

let gauge: GaugeModel;
beforeEach(() => {
  gauge = new GaugeModel('/box');
});

test('before the first report there is nothing to show', () => {
  expect([gauge.state, gauge.values]).toEqual(['off', undefined]);
  // A report for another observer, without groups, changes nothing.
  gauge.receive({});
  expect(gauge.state).toBe('off');
});

test('a group is shown with its limits, and with the highest use that was seen', () => {
  gauge.receive(none);
  expect([gauge.state, gauge.values]).toEqual(['absent', undefined]);
  gauge.receive(box(3, { high: 12 }));
  expect(gauge.state).toBe('present');
  expect(gauge.values).toEqual({ used: 3, highest: 3, high: 12, max: 16, oomKills: 0 });
  gauge.receive(box(9));
  gauge.receive(box(4, { oomKills: 1 }));
  expect(gauge.values).toMatchObject({ used: 4, highest: 9, high: undefined, oomKills: 1 });
});

test('the values of a removed group stay, and a new group of this name begins anew', () => {
  gauge.receive(box(9, { oomKills: 2 }));
  for (let reports = 0; reports < 2; reports++) {
    gauge.receive(none);
    expect(gauge.state).toBe('gone');
    expect(gauge.values).toMatchObject({ highest: 9, oomKills: 2 });
  }
  gauge.receive(box(1));
  expect(gauge.values).toMatchObject({ used: 1, highest: 1, oomKills: 0 });
});

test('what was seen in a state that the machine has left does not count', () => {
  gauge.receive(box(9));
  gauge.leaveState();
  // It stays until the next report.
  expect(gauge.values).toMatchObject({ highest: 9 });
  gauge.receive(box(2));
  expect(gauge.values).toMatchObject({ used: 2, highest: 2 });
  gauge.leaveState();
  gauge.receive(none);
  expect([gauge.state, gauge.values]).toEqual(['absent', undefined]);
});

test('the last values stay when the guest stops, and go when the machine is off', () => {
  gauge.stop();
  expect(gauge.state).toBe('off');
  gauge.receive(box(9));
  gauge.stop();
  expect([gauge.state, gauge.values?.highest]).toEqual(['stopped', 9]);
  gauge.forget();
  expect([gauge.state, gauge.values]).toEqual(['off', undefined]);
});

test('a group that the kernel does not count, or that the report may lack, is not called removed', () => {
  gauge.receive({ groups: [root, group('/box', {})] });
  expect([gauge.state, gauge.values]).toEqual(['uncounted', undefined]);
  gauge.receive(box(9));
  gauge.receive({ groups: [root], groupsCut: true });
  expect([gauge.state, gauge.values?.highest]).toEqual(['unlisted', 9]);
  gauge.receive(box(3));
  expect(gauge.values).toMatchObject({ used: 3, highest: 9 });
});
