/** The page's machine: the same interface, over a worker. */
import type { CheckpointId } from '../checkpoints.ts';
import {
  MachineError,
  machineFailures,
  StepError,
  StepInterrupted,
  StepTimeout,
} from '../errors.ts';
import type { MachineFailure } from '../errors.ts';
import { StateHolder } from '../machine.ts';
import type { Machine, RunHooks, RunRequest } from '../machine.ts';
import { WORKER_PROTOCOL } from './protocol.ts';
import type { Reply, Request, RequestResult } from './protocol.ts';
import type { StepResult } from '../agent/session.ts';
import type { MachineState } from '../state.ts';

/** What is used of a Worker; a test gives its own. */
export interface WorkerLike {
  postMessage(request: Request): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  terminate(): void;
}

export interface WorkerMachineOptions {
  createWorker: () => WorkerLike;
  machineUrl: string;
  engineUrl: string;
  engineVersion: string;
  /** Whether to fetch, once the machine is up, what its programs will need. */
  prefetch?: boolean;
  /** Milliseconds between two signs of life that are asked for while a request is pending. */
  heartbeat?: number;
}

/** So many signs of life may stay out before the worker counts as dead. */
const MISSED = 4;
const HEARTBEAT_MS = 5000;
const IDS_PER_WORKER = 2 ** 32;

interface Pending {
  resolve: (result: RequestResult) => void;
  reject: (reason: Error) => void;
  onOutput: ((text: string) => void) | undefined;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

function isFailure(name: string): name is MachineFailure {
  return (machineFailures as readonly string[]).includes(name);
}

/** The error that the worker named. */
function reviveError(name: string, message: string): Error {
  if (name === 'StepInterrupted') return new StepInterrupted(message);
  if (name === 'StepError') return new StepError(message);
  if (name === 'StepTimeout') return new StepTimeout(message);
  return new MachineError(isFailure(name) ? name : 'WorkerDied', message);
}

/** Makes a worker at the first `start`, and a new one at the first `start` after it died. */
export class WorkerMachine implements Machine {
  readonly revision = 0;
  readonly #options: WorkerMachineOptions;
  readonly #state = new StateHolder();
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerLike | undefined;
  /** So many workers were made. */
  #workers = 0;
  #nextId = 1;
  #unanswered = 0;
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  constructor(options: WorkerMachineOptions) {
    this.#options = options;
  }

  get state(): MachineState {
    return this.#state.value;
  }

  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  async start(): Promise<void> {
    const { machineUrl, engineUrl, engineVersion, prefetch = true } = this.#options;
    this.#worker ??= this.#createWorker();
    await this.#request({ type: 'start', machineUrl, engineUrl, engineVersion, prefetch });
  }

  async run(request: RunRequest, hooks: RunHooks = {}): Promise<StepResult> {
    const { onOutput, signal, interrupt } = hooks;
    signal?.throwIfAborted();
    const target = this.#nextId;
    const running = this.#request({ type: 'run', ...request }, onOutput);
    const over = new AbortController();
    const tell = (type: 'stop' | 'interrupt') => (): void => {
      // It fails only together with the run itself, which then tells why.
      this.#request({ type, target }).catch(() => {});
    };
    signal?.addEventListener('abort', tell('stop'), { signal: over.signal });
    interrupt?.addEventListener('abort', tell('interrupt'), { signal: over.signal });
    try {
      const result = await running;
      if (typeof result === 'object') return result;
      throw new MachineError('BadMessage', 'A step ended without a result.');
    } finally {
      over.abort();
    }
  }

  async reset(): Promise<void> {
    await this.#request({ type: 'reset' });
  }

  async checkpoint(): Promise<CheckpointId> {
    const id = await this.#request({ type: 'checkpoint' });
    // Another worker counts from the same number on.
    if (typeof id === 'number') return this.#workers * IDS_PER_WORKER + id;
    throw new MachineError('BadMessage', 'A checkpoint has no id.');
  }

  async returnTo(id: CheckpointId): Promise<boolean> {
    if (Math.floor(id / IDS_PER_WORKER) !== this.#workers) return false;
    return (await this.#request({ type: 'return', to: id % IDS_PER_WORKER })) === true;
  }

  async pause(): Promise<void> {
    if (this.#worker) await this.#request({ type: 'pause' });
  }

  async resume(): Promise<void> {
    if (this.#worker) await this.#request({ type: 'resume' });
  }

  async dispose(): Promise<void> {
    this.#crash(new MachineError('WorkerDied', 'The machine was switched off.'));
  }

  #createWorker(): WorkerLike {
    const worker = this.#options.createWorker();
    this.#workers++;
    const died = (reason: string): void => {
      // An old worker's last words do not concern the new one.
      if (worker === this.#worker) this.#crash(new MachineError('WorkerDied', reason));
    };
    worker.addEventListener('message', (event) => {
      if (worker === this.#worker) this.#receive((event as MessageEvent<Reply>).data);
    });
    worker.addEventListener('messageerror', () => died('A message could not be read.'));
    worker.addEventListener('error', (event) => {
      died((event as Partial<ErrorEvent>).message ?? 'The worker could not be loaded.');
    });
    return worker;
  }

  #request(request: WithoutId<Request>, onOutput?: (text: string) => void): Promise<RequestResult> {
    const worker = this.#worker;
    if (!worker) {
      return Promise.reject(new MachineError('WorkerDied', 'The machine is not running.'));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onOutput });
      worker.postMessage({ ...request, id } as Request);
      this.#watch();
    });
  }

  #receive(reply: Reply): void {
    this.#unanswered = 0;
    switch (reply.type) {
      case 'hello':
        if (reply.protocol !== WORKER_PROTOCOL) {
          const reason = `The worker speaks version ${reply.protocol}, not ${WORKER_PROTOCOL}.`;
          this.#crash(new MachineError('BadMessage', reason));
        }
        return;
      case 'state':
        this.#state.value = reply.state;
        return;
      case 'output':
        this.#pending.get(reply.id)?.onOutput?.(reply.text);
        return;
      case 'done':
        this.#take(reply.id)?.resolve(reply.result);
        return;
      case 'failed':
        this.#take(reply.id)?.reject(reviveError(reply.name, reply.message));
        return;
      default:
        this.#crash(new MachineError('BadMessage', 'The worker said something unknown.'));
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#watch();
    return pending;
  }

  /** While anything is pending, asks for signs of life. */
  #watch(): void {
    if (!this.#pending.size) {
      clearInterval(this.#heartbeat);
      this.#heartbeat = undefined;
      return;
    }
    this.#heartbeat ??= setInterval(() => {
      if (this.#unanswered++ < MISSED) return this.#worker?.postMessage({ type: 'ping', id: 0 });
      this.#crash(new MachineError('WorkerDied', 'The worker does not answer.'));
    }, this.#options.heartbeat ?? HEARTBEAT_MS);
  }

  /** The one end of a worker: nothing stays pending. */
  #crash(error: MachineError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#unanswered = 0;
    this.#watch();
    this.#state.value = { name: 'failed', failure: error.failure, message: error.message };
    for (const { reject } of pending) reject(error);
  }
}
