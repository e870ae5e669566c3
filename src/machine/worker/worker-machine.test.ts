import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProcessList } from '../agent/processes.ts';
import { MachineError, SessionBusy, StepError, StepInterrupted, StepTimeout } from '../errors.ts';
import { FakeMachine } from '../fake-machine.ts';
import type { FakeAnswer } from '../fake-machine.ts';
import type { FileSource } from '../image/files.ts';
import type { PageMessage, WorkerMessage } from './protocol.ts';
import { serveMachine } from './worker-host.ts';
import { WorkerMachine } from './worker-machine.ts';
import type { WorkerLike } from './worker-machine.ts';

/** A worker in this thread: messages are copied and arrive later, as between threads. */
class ThreadlessWorker implements WorkerLike {
  readonly #listeners = new Map<string, (event: Event) => void>();
  readonly #serve: (message: PageMessage) => void;
  alive = true;
  silent = false;

  constructor(machine: FakeMachine) {
    const post = (message: WorkerMessage): void =>
      this.emit('message', { data: structuredClone(message) });
    this.#serve = serveMachine(
      () => machine,
      (message) => queueMicrotask(() => post(message)),
    );
  }

  emit(type: string, event: object): void {
    if (this.alive && !this.silent) this.#listeners.get(type)?.(event as Event);
  }

  postMessage(message: PageMessage): void {
    const copy = structuredClone(message);
    queueMicrotask(() => this.alive && this.#serve(copy));
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#listeners.set(type, listener);
  }

  terminate(): void {
    this.alive = false;
  }
}

const never: FakeAnswer = () => new Promise(() => {});
let workers: ThreadlessWorker[] = [];
let fakes: FakeMachine[] = [];

const engine = { version: '1', bytes: 1, sha256: '' };
const snapshot = { file: 'course/snapshot.bin', bytes: 3, sha256: '', engine };

/** Files of a start, and a record of what is downloaded. */
function pageSide(change: Partial<FileSource> = {}) {
  return {
    settings: {
      image: 'course',
      machineUrl: '/machine/',
      engineUrl: '/v86.wasm',
      engineVersion: '1',
      prefetch: false,
    },
    loadWorker: async () => {},
    files: {
      read: async () => new Uint8Array(3),
      readEngine: async () => new Uint8Array(1),
      readJson: async (file: string) => (file === 'images.json' ? {} : snapshot),
      ...change,
    } satisfies FileSource as FileSource,
  };
}

function setUp(answer: FakeAnswer = ({ command }) => ({ output: command })): WorkerMachine {
  return new WorkerMachine({
    createWorker: () => {
      const fake = new FakeMachine(answer);
      const worker = new ThreadlessWorker(fake);
      fakes.push(fake);
      workers.push(worker);
      return worker;
    },
    ...pageSide(),
    heartbeat: 1000,
  });
}

const step = { session: 'host', command: 'echo' };

beforeEach(() => {
  workers = [];
  fakes = [];
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
  const lists: ProcessList[] = [];
  const stop = machine.observe(100, (list) => lists.push(list));
  const list = { processes: [], cut: false };
  const publish = async (): Promise<void> => {
    fakes.at(-1)?.publishProcesses(list);
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

test('before a start, requests reject', async () => {
  await expect(setUp().run(step)).rejects.toMatchObject({ failure: 'WorkerDied' });
  await expect(setUp().pause()).resolves.toBeUndefined();
});

test('all files of a start are requested at once, with the worker’s script', async () => {
  const asked: string[] = [];
  const never = new Promise<never>(() => {});
  const machine = new WorkerMachine({
    createWorker: () => new ThreadlessWorker(new FakeMachine(() => ({}))),
    ...pageSide({
      read: () => (asked.push('snapshot'), never),
      readEngine: () => (asked.push('engine'), never),
      readJson: async (file) => (asked.push(file), file === 'images.json' ? never : snapshot),
    }),
    loadWorker: () => (asked.push('worker'), never),
  });
  const started = expect(machine.start()).rejects.toMatchObject({ failure: 'WorkerDied' });
  expect(machine.state).toEqual({ name: 'fetching', loaded: 0, total: 0 });
  expect(asked.toSorted()).toEqual(['course/snapshot.json', 'engine', 'images.json', 'worker']);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toContain('snapshot');
  expect(machine.state).toEqual({ name: 'fetching', loaded: 0, total: 4 });
  await machine.dispose();
  await started;
});

test('the end of a start aborts its downloads, and makes no worker', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const pending = (options?: { signal?: AbortSignal | undefined }) =>
    new Promise<never>((_, reject) => {
      signals.push(options?.signal);
      options?.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error));
    });
  const machine = new WorkerMachine({
    createWorker: () => expect.unreachable('a worker'),
    ...pageSide({
      read: (_, options) => pending(options),
      readEngine: (_, options) => pending(options),
    }),
  });
  const started = expect(machine.start()).rejects.toMatchObject({ failure: 'WorkerDied' });
  await vi.advanceTimersByTimeAsync(0);
  await machine.dispose();
  await started;
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
  expect(machine.state.name).toBe('failed');
});

test('a failed download ends the others and the start, by name', async () => {
  let engineSignal: AbortSignal | undefined;
  const machine = new WorkerMachine({
    createWorker: () => expect.unreachable('a worker'),
    ...pageSide({
      read: () => Promise.reject(new MachineError('DownloadStalled', 'for the test')),
      readEngine: (_, options) => {
        engineSignal = options?.signal;
        return new Promise(() => {});
      },
    }),
  });
  await expect(machine.start()).rejects.toMatchObject({ failure: 'DownloadStalled' });
  expect(engineSignal?.aborted).toBe(true);
  expect(machine.state).toMatchObject({ name: 'failed', failure: 'DownloadStalled' });
});

test('a browser without workers is a failure by name', async () => {
  const machine = new WorkerMachine({
    createWorker: () => {
      throw new ReferenceError('Worker is not defined');
    },
    ...pageSide(),
  });
  await expect(machine.start()).rejects.toMatchObject({ failure: 'WorkerMissing' });
  expect(machine.state).toMatchObject({ name: 'failed', failure: 'WorkerMissing' });
});

test('a worker that fails before its first message could not be loaded', async () => {
  class Broken extends ThreadlessWorker {
    override emit(type: string): void {
      super.emit(type === 'message' ? 'error' : type, {});
    }
  }
  const machine = new WorkerMachine({
    createWorker: () => new Broken(new FakeMachine(() => ({}))),
    ...pageSide(),
  });
  const started = machine.start();
  await expect(started).rejects.toMatchObject({ failure: 'WorkerMissing' });
});

test('a page that is hidden during the downloads has its machine paused once it has started', async () => {
  const machine = setUp();
  const started = machine.start();
  await machine.pause();
  await started;
  await vi.advanceTimersByTimeAsync(10);
  expect(fakes[0]?.log).toContain('pause');
});
