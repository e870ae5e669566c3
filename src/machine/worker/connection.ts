/** The page's side of the table of methods: one worker after another, each with its pending calls. */
import { MachineError, reviveError } from '../errors.ts';
import { methods } from './methods.ts';
import type { Hooks, MethodName } from './methods.ts';
import { WORKER_PROTOCOL } from './protocol.ts';
import type { MachineSettings, PageMessage, WorkerMessage } from './protocol.ts';

/** The part of a Worker that is used here; tests pass their own. */
export interface WorkerLike {
  postMessage(message: PageMessage): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  terminate(): void;
}

export interface ConnectionOptions {
  createWorker: () => WorkerLike;
  settings: MachineSettings;
  /** Milliseconds between two pings while a call is pending. */
  heartbeat?: number | undefined;
  /** Called when a worker has ended, before its pending calls reject. */
  onEnd: (error: MachineError) => void;
}

/** After this many unanswered pings, the worker counts as dead. */
const MAX_UNANSWERED = 4;
const HEARTBEAT_MS = 5000;

type Given = Record<string, unknown>;
type Listener = (value: unknown) => void;

interface Pending {
  resolve: (result: unknown) => void;
  reject: (reason: Error) => void;
  hooks: Given;
}

interface Subscribed {
  method: MethodName;
  given: unknown[];
  listener: Listener;
}

/** Makes a worker at the first `start`, and another at the first `start` after it has ended. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #subscribed = new Map<number, Subscribed>();
  #worker: WorkerLike | undefined;
  #lastId = 0;
  #unanswered = 0;
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Calls a method of the table. Rejects as the method does, and with a MachineError when the worker ends. */
  async call(method: MethodName, given: unknown[]): Promise<unknown> {
    const crossing = methods[method];
    if (crossing.kind !== 'call' && crossing.kind !== 'wrapped')
      throw new Error(`${method} is a subscription.`);
    if (crossing.unstarted === 'starts') this.#worker ??= this.#createWorker();
    if (!this.#worker && crossing.unstarted === 'ignored') return undefined;
    const worker = this.#worker;
    if (!worker) throw new MachineError('WorkerDied', 'The machine is not running.');
    const kinds: Hooks = crossing.hooks;
    const takesHooks = Object.keys(kinds).length > 0 && given.length > crossing.before;
    const hooks = takesHooks ? ((given.at(-1) ?? {}) as Given) : {};
    const names = Object.keys(kinds).filter((name) => hooks[name] !== undefined);
    const isAborted = (name: string): boolean =>
      kinds[name] === 'signal' && (hooks[name] as AbortSignal).aborted;
    const id = ++this.#lastId;
    const over = new AbortController();
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject, hooks });
        worker.postMessage({
          type: 'call',
          id,
          method,
          given: takesHooks ? given.slice(0, -1) : given,
          hooks: names.map((name) => [name, isAborted(name)]),
        });
        for (const signal of names.filter((name) => kinds[name] === 'signal')) {
          const send = (): void => worker.postMessage({ type: 'abort', id, signal });
          (hooks[signal] as AbortSignal).addEventListener('abort', send, { signal: over.signal });
        }
        this.#watch();
      });
    } finally {
      over.abort();
    }
  }

  /** Subscribes in this worker and in each later one. Returns a function that unsubscribes. */
  subscribe(method: MethodName, given: unknown[], listener: Listener): () => void {
    const id = ++this.#lastId;
    this.#subscribed.set(id, { method, given, listener });
    this.#worker?.postMessage({ type: 'subscribe', id, method, given });
    return () => {
      if (this.#subscribed.delete(id)) this.#worker?.postMessage({ type: 'unsubscribe', id });
    };
  }

  /** Ends the worker and rejects all its pending calls. Every failure ends here. */
  end(error: MachineError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#unanswered = 0;
    this.#watch();
    this.#options.onEnd(error);
    for (const { reject } of pending) reject(error);
  }

  #createWorker(): WorkerLike {
    const worker = this.#makeWorker();
    let hasSpoken = false;
    const died = (reason: string): void => {
      const failure = hasSpoken ? 'WorkerDied' : 'WorkerMissing';
      // A late error of an old worker must not end the new one.
      if (worker === this.#worker) this.end(new MachineError(failure, reason));
    };
    worker.addEventListener('message', (event) => {
      hasSpoken = true;
      if (worker === this.#worker)
        this.#receive((event as MessageEvent<WorkerMessage | null | undefined>).data);
    });
    worker.addEventListener('messageerror', () => died('A message could not be read.'));
    worker.addEventListener('error', (event) => {
      died((event as Partial<ErrorEvent>).message ?? 'The worker could not be loaded.');
    });
    worker.postMessage({ type: 'create', settings: this.#options.settings });
    for (const [id, { method, given }] of this.#subscribed)
      worker.postMessage({ type: 'subscribe', id, method, given });
    return worker;
  }

  #makeWorker(): WorkerLike {
    try {
      return this.#options.createWorker();
    } catch (reason) {
      const error = new MachineError('WorkerMissing', String(reason), { cause: reason });
      this.end(error);
      throw error;
    }
  }

  #receive(message: WorkerMessage | null | undefined): void {
    this.#unanswered = 0;
    if (!message) return this.#endBadly('The worker sent no message.');
    switch (message.type) {
      case 'hello':
        if (message.protocol === WORKER_PROTOCOL) return;
        return this.#endBadly(
          `The worker uses protocol version ${message.protocol}, not ${WORKER_PROTOCOL}.`,
        );
      case 'pong':
        return;
      case 'event': {
        const { id, hook, value } = message;
        const listener = this.#subscribed.get(id)?.listener ?? this.#pending.get(id)?.hooks[hook];
        return (listener as Listener | undefined)?.(value);
      }
      case 'done':
        return this.#take(message.id)?.resolve(message.result);
      case 'failed':
        return this.#take(message.id)?.reject(reviveError(message.name, message.message));
      default:
        this.#endBadly('The worker sent an unknown message.');
    }
  }

  #endBadly(reason: string): void {
    this.end(new MachineError('BadMessage', reason));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#watch();
    return pending;
  }

  /** Pings the worker while a call is pending. */
  #watch(): void {
    if (!this.#pending.size) {
      clearInterval(this.#heartbeat);
      this.#heartbeat = undefined;
      return;
    }
    this.#heartbeat ??= setInterval(() => {
      if (this.#unanswered++ < MAX_UNANSWERED) return this.#worker?.postMessage({ type: 'ping' });
      this.end(new MachineError('WorkerDied', 'The worker does not answer.'));
    }, this.#options.heartbeat ?? HEARTBEAT_MS);
  }
}
