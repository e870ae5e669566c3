import { beforeEach, expect, test } from 'vitest';
import { StepError } from '../../machine/errors.ts';
import { FakeMachine } from '../../machine/fake-machine.ts';
import type { FakeAnswer } from '../../machine/fake-machine.ts';
import type { PageTask } from '../task.ts';
import type { ActivityState } from './activity-view.ts';
import { cells, forgetPage, stale, states, surroundings } from './fake-page.ts';
import { PageRunner } from './page-runner.ts';
import { hintFor } from './task-hint.ts';

const task = (): PageTask => ({
  ...{ kind: 'task', id: 'task', title: 'Task', goal: 'Do it {{n}} times.', after: ['b'] },
  ...{ machine: 'main', session: 'host', timeout: 30 },
  values: { n: { from: 1, to: 3, step: 1 } },
  checks: [
    { run: 'first', status: 0, hints: [{ id: 'first', say: 'First.' }] },
    {
      ...{ run: 'count', prints: ['{{n}}'], status: 0 },
      hints: [
        { id: 'more', when: 'too <number>', say: 'You need {{n}}.' },
        { id: 'other', say: 'It was {output}.' },
      ],
    },
  ],
  solutions: [],
});

let shown: ActivityState[] = [];
beforeEach(() => {
  forgetPage();
  shown = [];
});

function setUp(answer: FakeAnswer = () => ({ output: '1\n' })) {
  const machine = new FakeMachine((request) =>
    request.session === 'check' ? answer(request) : { output: request.command.slice(4) },
  );
  const activity = task();
  const runner = new PageRunner(machine, [...cells, activity], {
    ...surroundings,
    view: (id) => ({
      ...surroundings.view(id === 'task' ? 'a' : id),
      ...(id === 'task' && {
        showState: (state: ActivityState) => void shown.push(state),
        showStale: () => {},
      }),
    }),
  });
  return { machine, runner, activity };
}

const resultOf = (state: ActivityState | undefined) =>
  state?.name === 'ended' ? state.result : undefined;

test('a check runs in a session of its own, and returns to the state before it', async () => {
  const { machine, runner, activity } = setUp();
  activity.isStart = true;
  await runner.run('task');
  expect(machine.log).toEqual(['host: run-a', 'host: run-b', 'checkpoint']);
  expect(resultOf(shown.at(-1))?.verdict).toBe('passed');
  machine.log.length = 0;
  const before = runner.lastChange.value;
  activity.isStart = false;
  await runner.run('task');
  expect(machine.log).toEqual([
    'checkpoint',
    'check: first',
    'check: count',
    'return, forget, keep screens',
  ]);
  expect(resultOf(shown.at(-1))?.verdict).toBe('passed');
  expect(runner.lastChange.value).toEqual(before);
  expect(stale.size).toBe(0);
});

test('the first check that fails decides the hint, by what it saw', async () => {
  let output = 'too 4 few\n';
  const { machine, runner, activity } = setUp(() => ({ output }));
  await machine.start();
  await runner.run('task');
  const hint = () => hintFor(activity, resultOf(shown.at(-1))?.outcomes ?? []);
  expect(hint()).toMatchObject({ id: 'more', check: 1, say: 'You need 1.' });
  activity.drawn = { n: '3' };
  output = '2\n';
  await runner.run('task');
  expect(hint()).toMatchObject({ id: 'other', output: '2' });
  output = '3\n';
  await runner.run('task');
  expect(hint()).toBeUndefined();
});

test('a run of the page leaves tasks out', async () => {
  const { machine, runner } = setUp();
  await runner.runAll();
  expect(machine.log.filter((entry) => entry.startsWith('check:'))).toEqual([]);
  expect(states.at(-1)).toBe('c passed');
});

test.each([
  [
    'the shell',
    () => ({ output: 'bash: fork: retry: Resource temporarily unavailable\n', status: 254 }),
  ],
  [
    'the agent',
    () => Promise.reject(new StepError('cannot open session: Resource temporarily unavailable')),
  ],
])('if %s cannot start a process, the check says so', async (_, answer) => {
  const { machine, runner } = setUp(answer as FakeAnswer);
  await machine.start();
  await runner.run('task');
  expect(resultOf(shown.at(-1))).toMatchObject({
    verdict: 'not run',
    failure: { message: expect.stringContaining('cannot start another process') as string },
  });
  expect(machine.log.at(-1)).toBe('return, forget, keep screens');
});

test('while a program of the reader runs, the check says where and what to do', async () => {
  const { machine, runner } = setUp();
  await machine.start();
  await runner.run('b');
  machine.checkpoint = () => Promise.reject(new StepError('The session "host" is busy.'));
  await runner.run('task');
  expect(resultOf(shown.at(-1))?.failure?.message).toContain('still running in session “outside”');
  expect(machine.log.filter((entry) => entry.startsWith('check:'))).toEqual([]);
});

test('a machine that is off or has stopped is not started for a check', async () => {
  const { machine, runner } = setUp();
  await runner.run('task');
  expect(resultOf(shown.at(-1))?.failure?.message).toContain('The machine is off');
  expect(machine.log).toEqual([]);
});

test('Stop ends a check, and the machine is as before', async () => {
  const { machine, runner } = setUp(() => new Promise<never>(() => {}));
  await machine.start();
  await runner.run('b');
  const running = runner.run('task');
  await expect.poll(() => machine.log.at(-1)).toBe('check: first');
  runner.cancel('task');
  await running;
  expect(shown.at(-1)).toMatchObject({ name: 'stopped' });
  expect(machine.log.at(-1)).toBe('return, forget, keep screens');
});

test('failing to keep the state for another reason is not blamed on a program', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  machine.beforeSave = () => Promise.reject(new StepError('The disk is busy.'));
  await runner.run('task');
  expect(resultOf(shown.at(-1))?.failure?.message).toBe(
    'The disk is busy. Nothing was checked. Press Check again.',
  );
});
