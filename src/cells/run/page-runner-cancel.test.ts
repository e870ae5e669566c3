/** Cancels requests: Stop on a queued cell, Reset on a cell, and the marks that remain. */
import { beforeEach, expect, test } from 'vitest';
import { MachineError, SessionBusy, StepError } from '../../machine/errors.ts';
import { FakeMachine } from '../../machine/fake-machine.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import {
  acts,
  cell,
  cells,
  forgetPage,
  runThenHold,
  setUp,
  stale,
  states,
  surroundings,
} from './fake-page.ts';
import { PageRunner } from './page-runner.ts';

beforeEach(forgetPage);

test('Stop on a queued cell removes that cell from the queue, and the running one continues', async () => {
  const { runner, running, endSteps, machine } = await runThenHold();
  void runner.run('a');
  void runner.run('b');
  runner.cancel('a');
  expect(states.slice(-1)).toEqual(['a idle']);
  endSteps();
  machine.log.length = 0;
  runner.cancel('c');
  await running;
  await expect.poll(() => states.at(-1)).toBe('b differs');
  expect(states).toContain('c stopped');
  expect(acts(machine)).toEqual(['return', 'host: run-b']);
});

test('in a run of the page, removing a cell also removes the cells that depend on it', async () => {
  let release = (): void => {};
  const machine = new FakeMachine(({ command }) => {
    if (command !== 'run-c') return { output: command.slice(4) };
    return new Promise((resolve) => (release = () => resolve({ output: 'c' }))) as never;
  });
  const page = [cell('c'), cell('a'), cell('b', ['a']), cell('d')];
  const runner = new PageRunner(machine, page, surroundings);
  const running = runner.runAll();
  await expect.poll(() => acts(machine)).toEqual(['host: run-c']);
  runner.cancel('a');
  expect(states.slice(-2)).toEqual(['a idle', 'b idle']);
  expect(runner.pageRun.value).toMatchObject({ state: 'running', total: 2 });
  release();
  await running;
  expect(acts(machine)).toEqual(['host: run-c', 'host: run-d']);
  expect(runner.pageRun.value).toEqual({
    state: 'over',
    total: 2,
    verdicts: new Map([
      ['c', 'passed'],
      ['d', 'passed'],
    ]),
  });
});

test('a reset of a cell returns to the state before it, and marks what ran after that', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('b');
  await runner.run('c');
  expect(stale.size).toBe(0);
  machine.log.length = 0;
  await runner.resetActivity('b');
  expect(machine.log).toEqual(['return']);
  expect(states.at(-1)).toBe('b idle');
  expect([...stale]).toEqual(['c']);
  await runner.run('c');
  expect(stale.size).toBe(0);
});

test('a cell that runs again marks the results of the states after it', async () => {
  const { runner } = setUp();
  await runner.run('a');
  await runner.run('c');
  await runner.run('a');
  expect([...stale]).toEqual(['c']);
});

test('a cell that could not run is shown as printed once the machine has been started again', async () => {
  const { machine, runner } = setUp(() => new Promise<never>(() => {}) as never);
  const running = runner.run('b');
  await expect.poll(() => acts(machine)).toEqual(['host: run-a']);
  machine.fail('GuestStopped');
  await running;
  runner.forgetFailures();
  expect(states.slice(-2).toSorted()).toEqual(['a idle', 'b idle']);
});

test('Stop during the downloads cancels the start', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const machine = new FakeMachine(() => ({}));
  machine.start = () => promise;
  Object.defineProperty(machine, 'state', { value: { name: 'fetching', loaded: 0, total: 0 } });
  const cancelStart = (): void => reject(new MachineError('WorkerDied', 'for the test'));
  const runner = new PageRunner(machine, cells, { ...surroundings, cancelStart });
  const running = runner.run('b');
  await expect.poll(() => states).toEqual(['b queued', 'a queued']);
  runner.cancel('b');
  await running;
  expect(states.slice(2)).toEqual(['b idle', 'a stopped']);
});

test('a step refused because a person’s program is running changes nothing', async () => {
  const { machine, runner } = setUp(({ command }) => {
    if (command === 'run-c') throw new SessionBusy('"vi" is running in this session.');
    return { output: command.slice(4) };
  });
  await runner.run('a');
  machine.revision++;
  machine.log.length = 0;
  await runner.run('c');
  expect(acts(machine)).toEqual(['host: run-c']);
  expect(states.at(-1)).toBe('c not run');
});

test('Stop keeps a person’s input, even if the state cannot be saved', async () => {
  const { machine, runner, running } = await runThenHold();
  runner.stop();
  await running;
  expect(states.at(-1)).toBe('c stopped');
  machine.checkpoint = () => Promise.reject(new StepError('The session "shell 1" is busy.'));
  machine.revision++;
  machine.log.length = 0;
  const again = runner.run('c');
  await expect.poll(() => machine.log).toContain('host: run-c');
  runner.stop();
  await again;
  expect(machine.log).toEqual(['host: run-c']);
});

test('Stop keeps input that a person has typed during the run', async () => {
  const { machine, runner, running } = await runThenHold();
  machine.revision++;
  machine.log.length = 0;
  runner.stop();
  await running;
  expect(machine.log).toEqual([]);
});

test('Stop during a run of the page returns to the state before it, with a person’s input', async () => {
  const { machine, runner } = setUp((({ command }: { command: string }) =>
    command === 'run-c' ? new Promise(() => {}) : {}) as never);
  await machine.start();
  machine.revision++;
  const running = runner.runAll();
  await expect.poll(() => machine.log).toContain('host: run-c');
  machine.log.length = 0;
  runner.stop();
  await running;
  expect(machine.log).toEqual(['return']);
});

test('a run uses the cell’s commands as they were when it began, even if the cell is edited meanwhile', async () => {
  const own = cell('a');
  const machine = new FakeMachine(({ command }) => {
    own.steps[0] = { command: 'changed', output: ['other'], status: 0 };
    own.isEdited = true;
    return { output: command.slice(4) };
  });
  const runner = new PageRunner(machine, [own], surroundings);
  await runner.run('a');
  expect(states.at(-1)).toBe('a passed');
  await runner.run('a');
  expect(states.at(-1)).toBe('a edited');
});

/** Runs `c`, whose run cannot begin, and stops it. The machine gets no request. */
async function stopBeforeItBegins(machine: FakeMachine, runner: PageRunner): Promise<void> {
  machine.log.length = 0;
  const running = runner.run('c');
  await expect.poll(() => states.at(-1)).toBe('c queued');
  runner.stop();
  await running;
  expect(states.at(-1)).toBe('c stopped');
  expect(machine.log).toEqual([]);
}

test('Stop ends the wait for a state that is kept before a run, and changes nothing', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  machine.revision++;
  machine.beforeSave = () => new Promise(() => {});
  await stopBeforeItBegins(machine, runner);
});

test('Stop before a run has begun leaves the run before it', async () => {
  const machine = new FakeMachine(() => ({}));
  let isAdmitted = true;
  const admit = async (signal: AbortSignal): Promise<void> => {
    if (!isAdmitted) await unlessAborted(signal, new Promise<never>(() => {}), () => new Error());
  };
  const runner = new PageRunner(machine, cells, { ...surroundings, admit });
  await runner.run('a');
  isAdmitted = false;
  await stopBeforeItBegins(machine, runner);
  expect(runner.lastChange.value).toEqual({ by: 'activity', id: 'a' });
});
