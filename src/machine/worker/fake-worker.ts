/** A worker in this thread, and the page's effects for its machine. For tests. */
import { FakeMachine } from '../fake-machine.ts';
import type { FakeAnswer } from '../fake-machine.ts';
import type { FileSource } from '../image/files.ts';
import type { PageMessage, WorkerMessage } from './protocol.ts';
import { serveMachine } from './worker-host.ts';
import { WorkerMachine } from './worker-machine.ts';
import type { WorkerLike } from './worker-machine.ts';

/** A worker in this thread: messages are copied and arrive later, as between threads. */
export class ThreadlessWorker implements WorkerLike {
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

/** The workers that were made, and the machine in each. */
export const workers: ThreadlessWorker[] = [];
export const fakes: FakeMachine[] = [];

export function forgetWorkers(): void {
  workers.length = 0;
  fakes.length = 0;
}

export const snapshotEntry = {
  file: 'course/snapshot.bin',
  bytes: 3,
  sha256: '',
  engine: { version: '1', bytes: 1, sha256: '' },
};

/** Files of a start, and a record of what is downloaded. */
export function pageSide(change: Partial<FileSource> = {}) {
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
      readJson: async () => snapshotEntry,
      ...change,
    } satisfies FileSource as FileSource,
  };
}

export function setUp(answer: FakeAnswer = ({ command }) => ({ output: command })): WorkerMachine {
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
