import { expect, test, vi } from 'vitest';
import type { ProcessInfo } from '../../../machine/agent/processes.ts';
import { FakeMachine } from '../../../machine/fake-machine.ts';
import { cell } from '../../../cells/run/fake-page.ts';
import { PlanRunner } from '../../../cells/run/plan-runner.ts';
import { Machines } from '../machines.ts';
import type { ActivityElement } from '../machines.ts';
import { process } from './model/fake-report.ts';
import { Watch } from './watch.ts';

function setUp() {
  const fake = new FakeMachine(({ command }) => ({ output: command.slice(4) }));
  const elements = [cell('a'), cell('b', ['a'])].map((each): ActivityElement => ({
    activity: { ...each, steps: [...each.steps, ...each.steps] },
    showState: () => {},
    showStep: () => {},
    showOutput: () => {},
    showListens: () => {},
    showOutcome: () => {},
    showStale: () => {},
  }));
  const machines = new Machines({
    create: () => fake,
    room: () => 2,
    find: () => elements,
    now: () => 0,
    loadPlans: async () => PlanRunner,
    mayFetchAhead: () => false,
  });
  const machine = machines.get('course', 'main');
  const listeners = { onChange: vi.fn(), onCell: vi.fn() };
  const watch = new Watch(machine, listeners);
  const report = (...processes: ProcessInfo[]): void =>
    fake.publishReport({ processes, cut: false });
  return { fake, machine, watch, report, ...listeners };
}

test('reports arrive while something is observed, and not before or after', () => {
  const { fake, watch, report, onChange } = setUp();
  const observe = vi.spyOn(fake, 'observe');
  report(process(1, 0));
  expect(watch.model.report).toBeUndefined();
  watch.observe({});
  watch.observe({});
  report(process(1, 0), process(2, 1));
  expect(watch.model.pids.size).toBe(2);
  expect(observe).toHaveBeenCalledTimes(1);
  watch.observe({ groups: true });
  report(process(1, 0));
  expect(onChange).toHaveBeenCalledTimes(2);
  watch.observe(undefined);
  report(process(1, 0), process(2, 1));
  expect(onChange).toHaveBeenCalledTimes(2);
});

test('each cell that begins to run is announced once, and its step is the origin of what appears', async () => {
  const { machine, watch, report, onCell } = setUp();
  watch.observe({});
  report(process(1, 0));
  onCell.mockImplementation((id: string) => id === 'b' && report(process(1, 0), process(9, 1)));
  await machine.runner.run('b');
  expect(onCell.mock.calls).toEqual([['a'], ['b']]);
  const steps = watch.model.processes.all[1]?.origin?.map(({ cell, step }) => `${cell} ${step}`);
  expect(steps).toEqual(['a 1', 'a 2', 'b 1']);
});

test('a machine that is off has nothing to show, and an ended watch does not listen', async () => {
  const { fake, machine, watch, report, onCell, onChange } = setUp();
  await machine.start();
  watch.observe({});
  report(process(1, 0));
  fake.fail('WorkerDied');
  expect(watch.model.report).toBeUndefined();
  watch.end();
  watch.observe({});
  report(process(1, 0));
  await machine.runner.run('a');
  expect(onCell).not.toHaveBeenCalled();
  expect(onChange).toHaveBeenCalledTimes(1);
});
