import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KernelReport } from '../agent/kernel-report.ts';
import { SessionBusy, StepError, StepInterrupted, StepTimeout } from '../errors.ts';
import { FakeMachine } from '../fake-machine.ts';
import type { FakeAnswer } from '../fake-machine.ts';
import { fakes, forgetWorkers, pageSide, setUp, ThreadlessWorker, workers } from './fake-worker.ts';
import { WorkerMachine } from './worker-machine.ts';

const never: FakeAnswer = () => new Promise(() => {});
const step = { session: 'host', command: 'echo' };

beforeEach(() => {
  forgetWorkers();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('makes no worker before `start`, and then follows its state', async () => {
  const machine = setUp();
  expect(workers).toHaveLength(0);
  expect(machine.state.name).toBe('idle');
  await machine.start();
  expect(workers).toHaveLength(1);
  expect(machine.state.name).toBe('ready');
});

test('the revision never falls, although each worker counts from 0', async () => {
  const machine = setUp();
  await machine.start();
  await machine.writeTerminal('host', 'a');
  await vi.advanceTimersByTimeAsync(0);
  const before = machine.revision;
  expect(before).toBeGreaterThan(0);
  await machine.dispose();
  await machine.start();
  expect(machine.revision).toBe(before);
  await machine.writeTerminal('host', 'b');
  await vi.advanceTimersByTimeAsync(0);
  expect(machine.revision).toBe(before + 1);
});

test('passes on results, output and errors', async () => {
  const outputs: string[] = [];
  const machine = setUp(({ command }) =>
    command === 'bad' ? Promise.reject(new StepError('no good')) : { output: command, status: 3 },
  );
  await machine.start();
  const result = await machine.run(step, { onOutput: (text) => outputs.push(text) });
  expect(result).toEqual({ status: 3, ended: false, truncated: false });
  expect(outputs).toEqual(['echo']);
  await expect(machine.run({ ...step, command: 'bad' })).rejects.toThrow(new StepError('no good'));
});

test('a signal stops a step in the worker', async () => {
  const machine = setUp(never);
  await machine.start();
  const stop = new AbortController();
  const running = machine.run(step, { signal: stop.signal });
  stop.abort();
  await expect(running).rejects.toThrow(StepInterrupted);
});

test('a signal that is aborted already stops a step in the worker', async () => {
  const machine = setUp(never);
  await machine.start();
  const running = machine.run(step, { signal: AbortSignal.abort() });
  await expect(running).rejects.toThrow(StepInterrupted);
});

test('passes on files and checkpoints, whose ids are unique across workers', async () => {
  const machine = setUp();
  await machine.start();
  await machine.putFile('/a', Uint8Array.of(1, 2));
  expect([...(await machine.getFile('/a'))]).toEqual([1, 2]);
  await expect(machine.getFile('/b')).rejects.toThrow(
    new StepError('/b: No such file or directory'),
  );
  const first = await machine.checkpoint();
  expect(await machine.returnTo(first)).toBe(true);
  workers[0]?.emit('error', { message: 'boom' });
  await machine.start();
  expect(await machine.checkpoint()).not.toBe(first);
});

test('passes on a terminal and the count of its input', async () => {
  const machine = setUp();
  await machine.start();
  const shown: string[] = [];
  const revisions: number[] = [];
  machine.watchTerminal('host', (data) => shown.push(data));
  machine.onRevision((revision) => revisions.push(revision));
  await machine.resizeTerminal('host', { rows: 10, columns: 20 });
  await machine.writeTerminal('host', 'ls\r');
  fakes[0]?.show('host', 'file\r\n');
  fakes[0]?.show('second', 'another');
  await vi.advanceTimersByTimeAsync(10);
  expect(fakes[0]?.log).toEqual(['host: 10 rows, 20 columns', 'host: typed ls\r']);
  expect(shown).toEqual(['file\r\n']);
  expect(revisions).toEqual([0, 1]);
  expect(machine.revision).toBe(1);
});

test('a step that a person’s command blocks rejects with SessionBusy', async () => {
  const machine = setUp(() => Promise.reject(new SessionBusy('"top" is running')));
  await machine.start();
  await expect(machine.run(step)).rejects.toThrow(SessionBusy);
});

test('a subscription begins before the first worker and continues in the next, until it is ended', async () => {
  const machine = setUp();
  const lists: KernelReport[] = [];
  const stop = machine.observe({ ms: 100 }, (list) => lists.push(list));
  const list = { processes: [], cut: false };
  const publish = async (): Promise<void> => {
    fakes.at(-1)?.publishReport(list);
    await vi.advanceTimersByTimeAsync(10);
  };
  await machine.start();
  await publish();
  workers[0]?.emit('error', { message: 'boom' });
  await machine.start();
  await publish();
  expect(lists).toEqual([list, list]);
  expect(vi.getTimerCount()).toBe(0);
  stop();
  await vi.advanceTimersByTimeAsync(10);
  await publish();
  expect(lists).toHaveLength(2);
});

test('Ctrl-C reaches a step in the worker, and the step continues', async () => {
  const fake = new FakeMachine(never);
  const machine = new WorkerMachine({
    createWorker: () => new ThreadlessWorker(fake),
    ...pageSide(),
  });
  await machine.start();
  const interrupt = new AbortController();
  const running = machine.run(step, { interrupt: interrupt.signal });
  const ended = expect(running).rejects.toThrow();
  interrupt.abort();
  await vi.advanceTimersByTimeAsync(10);
  expect(fake.log).toEqual(['host: echo', 'interrupt']);
  expect(machine.state.name).toBe('busy');
  await machine.dispose();
  await ended;
});

test('a step over its time limit rejects with StepTimeout', async () => {
  const machine = setUp(() => Promise.reject(new StepTimeout('too long')));
  await machine.start();
  await expect(machine.run(step)).rejects.toThrow(StepTimeout);
});

test.each([
  ['error', { message: 'boom' }],
  ['messageerror', {}],
  ['message', { data: { type: 'nonsense' } }],
  ['message', { data: { type: 'hello', protocol: 99 } }],
])(
  'a worker’s %s %j rejects all pending calls, and a start makes a new worker',
  async (type, event) => {
    const machine = setUp(never);
    await machine.start();
    const pending = [machine.run(step), machine.reset().then(() => machine.run(step))];
    const ended = Promise.allSettled(pending);
    await vi.advanceTimersByTimeAsync(10);
    workers[0]?.emit(type, event);
    expect((await ended).map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(machine.state.name).toBe('failed');
    expect(workers[0]?.alive).toBe(false);
    await machine.start();
    expect(workers).toHaveLength(2);
    expect(machine.state.name).toBe('ready');
  },
);

test('a worker that stops answering while a call is pending counts as dead', async () => {
  const machine = setUp(never);
  await machine.start();
  const ended = expect(machine.run(step)).rejects.toMatchObject({ failure: 'WorkerDied' });
  await vi.advanceTimersByTimeAsync(60_000); // it answers each ping
  expect(machine.state.name).toBe('busy');
  const [worker] = workers;
  if (worker) worker.silent = true;
  await vi.advanceTimersByTimeAsync(10_000);
  await ended;
});

test('an idle machine needs no pings', async () => {
  const machine = setUp();
  await machine.start();
  expect(vi.getTimerCount()).toBe(0);
});

test('messages of a dead worker are ignored', async () => {
  const machine = setUp(never);
  await machine.start();
  const [old] = workers;
  const ended = expect(machine.run(step)).rejects.toThrow();
  await machine.dispose();
  await ended;
  await machine.start();
  if (old) old.alive = true;
  old?.emit('message', {
    data: { type: 'event', id: 1, hook: 'listener', value: { name: 'idle' } },
  });
  old?.emit('error', { message: 'late' });
  expect(machine.state.name).toBe('ready');
});

test('a machine that fails ends its worker, whose memory nothing else frees', async () => {
  const machine = setUp(never);
  await machine.start();
  const running = expect(machine.run(step)).rejects.toMatchObject({ failure: 'GuestStopped' });
  await vi.advanceTimersByTimeAsync(0);
  fakes[0]?.fail('GuestStopped');
  await running;
  expect(workers[0]?.alive).toBe(false);
  expect(machine.state).toEqual({
    ...{ name: 'failed', failure: 'GuestStopped', message: 'as the test said' },
  });
  await machine.start();
  expect(workers).toHaveLength(2);
  expect(machine.state.name).toBe('ready');
});

const stateOf = (value: unknown) => ({ type: 'event', id: 1, hook: '', value });
test.each([
  ...[null, undefined, 7, { type: 'odd' }, stateOf(null), stateOf({ name: 'odd' })],
  ...[stateOf({ name: 'busy' }), stateOf({ name: 'failed', failure: 'odd' })],
  stateOf({ name: 'paused', next: { name: 'busy' } }),
])('the message %j ends the worker', async (data) => {
  const machine = setUp();
  await machine.start();
  workers[0]?.emit('message', { data });
  expect(machine.state).toMatchObject({ name: 'failed', failure: 'BadMessage' });
  expect(workers[0]?.alive).toBe(false);
});

test('before a start, requests reject', async () => {
  await expect(setUp().run(step)).rejects.toMatchObject({ failure: 'WorkerDied' });
  await expect(setUp().pause()).resolves.toBeUndefined();
});
