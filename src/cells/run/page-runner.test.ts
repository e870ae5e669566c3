import { beforeEach, expect, test } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import {
  acts,
  cell,
  cells,
  forgetPage,
  runThenHold,
  setUp,
  states,
  surroundings,
} from './fake-page.ts';
import { PageRunner } from './page-runner.ts';

beforeEach(forgetPage);

test('runs a cell after what it depends on', async () => {
  const { machine, runner } = setUp();
  await runner.run('b');
  expect(acts(machine)).toEqual(['host: run-a', 'host: run-b']);
  expect(states).toEqual([
    'b queued', // what runs plans is loading
    'a queued',
    'a running',
    'a passed',
    'b running',
    'b passed',
  ]);
});

test('names the step that is running', async () => {
  const { runner } = setUp();
  const seen: unknown[] = [];
  runner.step.subscribe((step) => seen.push(step));
  await runner.run('b');
  expect(seen).toEqual([undefined, { cell: 'a', step: 1 }, { cell: 'b', step: 1 }, undefined]);
});

test('does not repeat cells that this machine has run', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('b');
  expect(acts(machine)).toEqual(['host: run-a', 'host: run-b']);
});

test('a cell that runs again starts from the state before it', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('c');
  await runner.run('b');
  machine.log.length = 0;
  await runner.run('c');
  expect(machine.log).toEqual(['return', 'host: run-c', 'checkpoint']);
  // In that state `b` has not run yet.
  await runner.run('b');
  expect(acts(machine).slice(2)).toEqual(['host: run-b']);
});

test('the first cell of the first run starts again from the clean machine', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('a');
  expect(acts(machine)).toEqual(['host: run-a', 'reset', 'host: run-a']);
});

test('a lost state is reached again by running the cells before it', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('b');
  machine.keeps = () => false;
  machine.log.length = 0;
  await runner.run('b');
  expect(acts(machine)).toEqual(['reset', 'host: run-a', 'host: run-b']);
  expect(states.at(-1)).toBe('b passed');
});

test('a cell whose previous state was not kept runs after its chain again', async () => {
  const { machine, runner } = setUp();
  await runner.run('b');
  await runner.run('b');
  expect(acts(machine).slice(2)).toEqual(['reset', 'host: run-a', 'host: run-b']);
});

test('runs the whole page in order', async () => {
  const { machine, runner } = setUp();
  await runner.runAll();
  expect(acts(machine)).toEqual(['host: run-a', 'host: run-b', 'host: run-c']);
});

test('a cell requested while another runs waits for its turn', async () => {
  const { machine, runner } = setUp();
  const both = Promise.all([runner.run('a'), runner.run('c'), runner.run('c')]);
  expect(states).toEqual(['a queued', 'c queued']);
  await both;
  expect(acts(machine)).toEqual(['host: run-a', 'host: run-c']);
});

test('stop also drops waiting cells', async () => {
  const { machine, runner } = setUp(() => new Promise<never>(() => {}) as never);
  const both = Promise.all([runner.run('a'), runner.run('c')]);
  await expect.poll(() => acts(machine)).toEqual(['host: run-a']);
  runner.stop();
  await both;
  expect(states.slice(-2)).toEqual(['c idle', 'a stopped']);
  expect(acts(machine)).toEqual(['host: run-a', 'reset']);
});

test('reports a different output', async () => {
  const { runner } = setUp(() => ({ output: 'x' }));
  await runner.run('c');
  expect(states.at(-1)).toBe('c differs');
});

test('reports a different status', async () => {
  const { runner } = setUp(() => ({ output: 'c', status: 1 }));
  await runner.run('c');
  expect(states.at(-1)).toBe('c differs');
});

test('stop ends the cell, makes waiting ones idle, and cleans the machine', async () => {
  const { machine, runner } = setUp(() => new Promise<never>(() => {}) as never);
  const running = runner.run('b');
  await expect.poll(() => acts(machine)).toEqual(['host: run-a']);
  runner.stop();
  await running;
  expect(states.slice(-2)).toEqual(['b idle', 'a stopped']);
  expect(machine.log.at(-1)).toBe('reset');
  await expect(runner.reset()).resolves.toBeUndefined();
});

test('stop returns to the previous state if it was kept', async () => {
  const { machine, runner, running, endSteps } = await runThenHold();
  runner.stop();
  await running;
  expect(machine.log.at(-1)).toBe('return');
  endSteps();
  await runner.run('b');
  expect(acts(machine).slice(3)).toEqual(['host: run-b']);
});

test('a machine that fails fails the cell, and the next run starts it again', async () => {
  let answer: () => object = () => new Promise<never>(() => {});
  const { machine, runner } = setUp(() => answer() as never);
  const running = runner.run('b');
  await expect.poll(() => acts(machine)).toEqual(['host: run-a']);
  machine.fail('GuestStopped');
  await running;
  expect(states.slice(-2)).toEqual(['b blocked', 'a crashed']);
  answer = () => ({ output: 'c' });
  await runner.run('c');
  expect(states.at(-1)).toBe('c passed');
});

test('a fresh cell runs on a clean machine, also within the whole page', async () => {
  const machine = new FakeMachine(() => ({}));
  const page = [cell('a'), { ...cell('b'), fresh: true as const }, cell('c', ['a'])];
  const runner = new PageRunner(machine, page, surroundings);
  await runner.run('a');
  await runner.run('b');
  expect(acts(machine)).toEqual(['host: run-a', 'reset', 'host: run-b']);
  await runner.run('c');
  expect(acts(machine).slice(3)).toEqual(['host: run-a', 'host: run-c']);
  machine.log.length = 0;
  await runner.runAll();
  expect(acts(machine)).toEqual([
    ...['reset', 'host: run-a', 'reset', 'host: run-b'],
    ...['host: run-a', 'host: run-c'],
  ]);
});

test('a skipped cell is never run', async () => {
  const machine = new FakeMachine(() => ({}));
  const page = [{ ...cell('a'), skip: 'no network' }, cell('b')];
  const runner = new PageRunner(machine, page, surroundings);
  await runner.run('a');
  await runner.runAll();
  expect(acts(machine)).toEqual(['host: run-b']);
});

test('reset shows the printed output', async () => {
  const { machine, runner } = setUp();
  await runner.run('c');
  await runner.reset();
  expect(machine.log.at(-1)).toBe('reset');
  expect(states.slice(-3)).toEqual(['a idle', 'b idle', 'c idle']);
});

test('a reset while a cell runs leaves the clean machine', async () => {
  const { machine, runner, running } = await runThenHold();
  await runner.reset();
  await running;
  expect(machine.log.at(-1)).toBe('reset');
  expect(states.slice(-3)).toEqual(['a idle', 'b idle', 'c idle']);
});

test('a cell requested during a reset runs after it, with its chain', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  machine.log.length = 0;
  const resetting = runner.reset();
  void runner.run('b');
  await resetting;
  await expect.poll(() => states.at(-1)).toBe('b passed');
  expect(acts(machine)).toEqual(['reset', 'host: run-a', 'host: run-b']);
});

test('a cell requested after Stop runs when the stopped one has ended', async () => {
  let answer: () => object = () => new Promise<never>(() => {});
  const { machine, runner } = setUp(() => answer() as never);
  const running = runner.run('a');
  await expect.poll(() => acts(machine)).toEqual(['host: run-a']);
  runner.stop();
  answer = () => ({ output: 'c' });
  await Promise.all([running, runner.run('c')]);
  expect(states.at(-1)).toBe('c passed');
});

test('“Run all” waits for a running cell', async () => {
  const { machine, runner } = setUp();
  await Promise.all([runner.run('c'), runner.runAll()]);
  expect(acts(machine)).toEqual([
    ...['host: run-c', 'reset', 'host: run-a', 'host: run-b', 'host: run-c'],
  ]);
});

test('a runner that cannot load what runs plans says so, and tries again', async () => {
  const loads = [() => Promise.reject(new Error('offline')), surroundings.loadPlans];
  const machine = new FakeMachine(({ command }) => ({ output: command.slice(4) }));
  const loadPlans = () => (loads.shift() ?? surroundings.loadPlans)();
  const runner = new PageRunner(machine, cells, { ...surroundings, loadPlans });
  const running = runner.run('a');
  void runner.run('c');
  await running;
  expect(states).toEqual(['a queued', 'c queued', 'c idle', 'a crashed']);
  await runner.run('a');
  expect(states.at(-1)).toBe('a passed');
});

test('Stop ends the wait for what runs plans', async () => {
  const loadPlans = () => new Promise<never>(() => {});
  const runner = new PageRunner(new FakeMachine(() => ({})), cells, { ...surroundings, loadPlans });
  const running = runner.run('a');
  runner.cancel('a');
  await running;
  expect(states).toEqual(['a queued', 'a stopped']);
});
