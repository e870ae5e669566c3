import { beforeEach, expect, test } from 'vitest';
import { StepError } from '../../machine/errors.ts';
import { FakeMachine } from '../../machine/fake-machine.ts';
import { acts, cell, forgetPage, setUp, stale, states, surroundings } from './fake-page.ts';
import { PageRunner } from './page-runner.ts';

beforeEach(forgetPage);

test('input from before the first run is a person’s input', async () => {
  const { machine, runner } = setUp();
  await machine.start();
  machine.revision++;
  await runner.prepare();
  expect(runner.lastChange.value).toEqual({ by: 'terminal' });
  machine.log.length = 0;
  await runner.run('a');
  expect(machine.log).toEqual(['checkpoint', 'host: run-a', 'checkpoint']);
});

test('Undo undoes one change after the other', async () => {
  const { machine, runner } = setUp();
  expect(await runner.undo()).toBeUndefined();
  await runner.run('a');
  await runner.run('c');
  machine.revision++;
  expect(runner.lastChange.value).toEqual({ by: 'terminal' });
  const undone = async () => {
    machine.log.length = 0;
    const result = await runner.undo();
    return [result, machine.log, [...stale].sort()] as const;
  };
  expect(await undone()).toEqual([{ name: 'undone', change: { by: 'terminal' } }, ['return'], []]);
  expect(await undone()).toEqual([
    { name: 'undone', change: { by: 'activity', id: 'c' } },
    ['return'],
    ['c'],
  ]);
  expect(await undone()).toEqual([
    { name: 'undone', change: { by: 'activity', id: 'a' } },
    ['reset'],
    ['a', 'c'],
  ]);
  expect(await runner.undo()).toBeUndefined();
});

test('a rerun and a reset are changes, too', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('c');
  await runner.run('a');
  expect(runner.lastChange.value).toEqual({ by: 'activity', id: 'a' });
  await runner.undo();
  expect(stale).toEqual(new Set());
  await machine.start();
  await runner.reset();
  expect(runner.lastChange.value).toEqual({ by: 'reset' });
  machine.log.length = 0;
  await runner.undo();
  expect(machine.log).toEqual(['return']);
  await runner.resetActivity('c');
  expect(runner.lastChange.value).toEqual({ by: 'return', id: 'c' });
});

test('Undo says when the state before is lost, and changes nothing', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('c');
  machine.keeps = () => false;
  machine.log.length = 0;
  expect(await runner.undo()).toEqual({ name: 'lost', change: { by: 'activity', id: 'c' } });
  expect(machine.log).toEqual([]);
});

test('a guest that has stopped returns to the state before, or starts again', async () => {
  const { machine, runner } = setUp((({ command }: { command: string }) =>
    command === 'run-c' ? new Promise(() => {}) : { output: command.slice(4) }) as never);
  await runner.run('a');
  const crash = async (): Promise<void> => {
    const running = runner.run('c');
    await expect.poll(() => machine.log.at(-1)).toBe('host: run-c');
    machine.stop('The kernel panicked.');
    await running;
    machine.log.length = 0;
  };
  await crash();
  expect(states.at(-1)).toBe('c crashed');
  await runner.undo();
  expect(machine.log).toEqual(['return']);
  await crash();
  await runner.run('b');
  expect(acts(machine)).toEqual(['reset', 'host: run-a', 'host: run-b']);
});

test('a run of the page continues on a clean machine after a cell at whose end the machine stops', async () => {
  const machine: FakeMachine = new FakeMachine(({ command }) => {
    if (command !== 'run-halt') return { output: command.slice(4) };
    machine.stop('The machine was halted.');
    return new Promise<never>(() => {});
  });
  const steps = [{ command: 'run-halt', output: [], status: 0, stops: true as const }];
  const page = [cell('a'), { ...cell('halt'), steps }, cell('b', ['a'])];
  const runner = new PageRunner(machine, page, surroundings);
  await runner.runAll();
  expect(acts(machine)).toEqual([
    ...['host: run-a', 'host: run-halt', 'reset', 'host: run-a', 'host: run-b'],
  ]);
  expect(states.filter((state) => state.startsWith('halt')).at(-1)).toBe('halt passed');
  expect(states.at(-1)).toBe('b passed');
});

test('a reset after a stop that was not kept leaves nothing to undo', async () => {
  const { machine, runner } = setUp(() => new Promise(() => {}) as never);
  const running = runner.run('c');
  await expect.poll(() => machine.log.at(-1)).toBe('host: run-c');
  machine.stop('The kernel panicked.');
  await running;
  expect(runner.lastChange.value).toEqual({ by: 'activity', id: 'c' });
  await runner.reset();
  expect(runner.lastChange.value).toBeUndefined();
});

test('a machine that ends while a state is being saved leaves nothing to undo', async () => {
  const { machine, runner } = setUp();
  let isSaving = false;
  machine.beforeSave = () => {
    isSaving = true;
    return new Promise(() => {});
  };
  const running = runner.run('a');
  await expect.poll(() => isSaving).toBe(true);
  machine.fail('WorkerDied');
  await running;
  await machine.start();
  expect(runner.lastChange.value).toBeUndefined();
  machine.beforeSave = async () => {};
  machine.log.length = 0;
  await runner.run('a');
  expect(machine.log).toEqual(['host: run-a', 'checkpoint']);
});

test('Undo brings back what was typed before a reset', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  machine.revision++;
  machine.log.length = 0;
  await runner.reset();
  expect(machine.log).toEqual(['checkpoint', 'reset']);
  expect(await runner.undo()).toEqual({ name: 'undone', change: { by: 'reset' } });
  expect(machine.log.slice(2)).toEqual(['return']);
  expect(runner.lastChange.value).toEqual({ by: 'terminal' });
});

test('a reset does not need a state that cannot be kept', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  machine.revision++;
  machine.log.length = 0;
  machine.beforeSave = () => Promise.reject(new StepError('The session "host" is busy.'));
  await runner.reset();
  expect(machine.log).toEqual(['reset']);
});

test('the results of a machine that has ended are marked', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  machine.fail('WorkerDied');
  expect(stale).toEqual(new Set(['a']));
});
