/** The start of a page's machine: its downloads, their end, and the worker's script. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MachineError } from '../errors.ts';
import { FakeMachine } from '../fake-machine.ts';
import {
  fakes,
  forgetWorkers,
  pageSide,
  setUp,
  snapshotEntry,
  ThreadlessWorker,
} from './fake-worker.ts';
import { WorkerMachine } from './worker-machine.ts';

beforeEach(() => {
  forgetWorkers();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('all files of a start are requested at once, with the worker’s script, and none of another image', async () => {
  const asked: string[] = [];
  const never = new Promise<never>(() => {});
  const machine = new WorkerMachine({
    createWorker: () => new ThreadlessWorker(new FakeMachine(() => ({}))),
    ...pageSide({
      read: () => (asked.push('snapshot'), never),
      readEngine: () => (asked.push('engine'), never),
      readJson: async (file) => (asked.push(file), snapshotEntry),
    }),
    loadWorker: () => (asked.push('worker'), never),
  });
  const started = expect(machine.start()).rejects.toMatchObject({ failure: 'WorkerDied' });
  expect(machine.state).toEqual({ name: 'fetching', loaded: 0, total: 0 });
  expect(asked.toSorted()).toEqual(['course/snapshot.json', 'engine', 'worker']);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toContain('snapshot');
  expect(machine.state).toEqual({ name: 'fetching', loaded: 0, total: 3 });
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

test('files downloaded ahead change no state and start no worker, and the start downloads none again', async () => {
  const asked: string[] = [];
  const { files, ...rest } = pageSide();
  const machine = new WorkerMachine({
    createWorker: () => new ThreadlessWorker(new FakeMachine(() => ({}))),
    ...rest,
    files: {
      read: (...given) => (asked.push('snapshot'), files.read(...given)),
      readEngine: (...given) => (asked.push('engine'), files.readEngine(...given)),
      readJson: (...given) => (asked.push(given[0]), files.readJson(...given)),
    },
    loadWorker: async () => asked.push('worker'),
  });
  const states: string[] = [];
  machine.subscribe(({ name }) => states.push(name));
  machine.fetchAhead()();
  machine.fetchAhead();
  await vi.advanceTimersByTimeAsync(0);
  const { length } = asked;
  expect(states).toEqual(['idle']);
  await machine.start();
  expect(states.at(-1)).toBe('ready');
  machine.fetchAhead();
  expect(asked.length).toBe(length);
});

test('a start with files from before it can be cancelled, and nothing is then downloaded ahead', async () => {
  const loadWorker = vi.fn(async () => {});
  const fake = new FakeMachine(() => ({}));
  const machine = new WorkerMachine({
    createWorker: () => new ThreadlessWorker(fake),
    ...pageSide(),
    loadWorker,
  });
  machine.fetchAhead();
  await vi.advanceTimersByTimeAsync(0);
  const started = expect(machine.start()).rejects.toMatchObject({ failure: 'WorkerDied' });
  await machine.dispose();
  await started;
  expect(machine.state.name).toBe('failed');
  expect(fake.state.name).toBe('idle');
  machine.fetchAhead();
  expect(loadWorker).toHaveBeenCalledOnce();
});

test('the worker compiles the engine while the snapshot still arrives', async () => {
  let arrive: (bytes: Uint8Array<ArrayBuffer>) => void = () => {};
  const fake = new FakeMachine(() => ({}));
  const machine = new WorkerMachine({
    createWorker: () => new ThreadlessWorker(fake),
    ...pageSide({ read: () => new Promise((resolve) => (arrive = resolve)) }),
  });
  const started = machine.start();
  await vi.advanceTimersByTimeAsync(0);
  expect([fake.isPrepared, machine.state.name]).toEqual([true, 'fetching']);
  arrive(new Uint8Array(3));
  await started;
  expect(machine.state.name).toBe('ready');
});

test('a worker that cannot be loaded ends the download of the snapshot', async () => {
  let signal: AbortSignal | undefined;
  const machine = new WorkerMachine({
    createWorker: () => {
      throw new ReferenceError('Worker is not defined');
    },
    ...pageSide({
      read: (_, options) => {
        signal = options?.signal;
        return new Promise(() => {});
      },
    }),
  });
  await expect(machine.start()).rejects.toMatchObject({ failure: 'WorkerMissing' });
  expect(signal?.aborted).toBe(true);
  expect(machine.state).toMatchObject({ name: 'failed', failure: 'WorkerMissing' });
});
