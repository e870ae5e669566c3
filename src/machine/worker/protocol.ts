/**
 * The messages between page and worker, and the version of this protocol.
 *
 * Each call has an id and gets exactly one `done` or `failed`. A subscription also has an id, but gets only
 * events, until the page ends it. The worker sends `hello` first, once its script has loaded.
 */
import type { MethodName } from './methods.ts';

export const WORKER_PROTOCOL = 3;

/** The settings from which the worker makes its machine. */
export interface MachineSettings {
  /** URL of the folder with the files of all images, with a slash at the end. */
  machineUrl: string;
  /** Name of the image. */
  image: string;
  /** URL of the engine's program. */
  engineUrl: string;
  engineVersion: string;
  /** Whether to fetch, once the snapshot has arrived, the parts of the disk that its programs will need. */
  prefetch: boolean;
}

/** Page to worker. */
export type PageMessage =
  /** Comes first. */
  | { type: 'create'; settings: MachineSettings }
  /** `hooks`: the name of each hook, and whether it is a signal that is aborted already. */
  | { type: 'call'; id: number; method: MethodName; given: unknown[]; hooks: [string, boolean][] }
  /** This signal of the call was aborted. */
  | { type: 'abort'; id: number; signal: string }
  | { type: 'subscribe'; id: number; method: MethodName; given: unknown[] }
  | { type: 'unsubscribe'; id: number }
  /** Answered by `pong`. */
  | { type: 'ping' };

/** Worker to page. */
export type WorkerMessage =
  | { type: 'hello'; protocol: number }
  | { type: 'pong' }
  | { type: 'done'; id: number; result: unknown }
  /** Carries the error's name, since classes do not survive postMessage. */
  | { type: 'failed'; id: number; name: string; message: string }
  /** Calls a function of the page: this hook of a call, or the listener of a subscription. */
  | { type: 'event'; id: number; hook: string; value: unknown };
