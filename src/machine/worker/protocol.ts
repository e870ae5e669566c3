/**
 * What page and worker say to each other. Types, and the version.
 *
 * Each call carries an id and gets exactly one `done` or `failed`. A subscription has an id, too, and gets
 * events only, until the page ends it. The worker speaks first: `hello`, once its script has loaded.
 */
import type { MethodName } from './methods.ts';

export const WORKER_PROTOCOL = 3;

/** What the worker makes its machine of. */
export interface MachineSettings {
  /** URL, ending in a slash, of the folder that holds images.json. */
  machineUrl: string;
  /** Name of the image, as in images.json. */
  image: string;
  /** URL of the engine's program. */
  engineUrl: string;
  engineVersion: string;
  /** Whether to fetch, once the machine is up, what its programs will need. */
  prefetch: boolean;
}

/** Page to worker. */
export type PageMessage =
  /** Comes first. */
  | { type: 'create'; settings: MachineSettings }
  /** `hooks`: those that were given by name, and whether it is a signal that is aborted already. */
  | { type: 'call'; id: number; method: MethodName; given: unknown[]; hooks: [string, boolean][] }
  /** The signal of this name, of the call with this id, was aborted. */
  | { type: 'abort'; id: number; signal: string }
  | { type: 'subscribe'; id: number; method: MethodName; given: unknown[] }
  | { type: 'unsubscribe'; id: number }
  /** Asks for a sign of life. */
  | { type: 'ping' };

/** Worker to page. */
export type WorkerMessage =
  | { type: 'hello'; protocol: number }
  | { type: 'pong' }
  | { type: 'done'; id: number; result: unknown }
  /** The error by its name, since classes do not cross. */
  | { type: 'failed'; id: number; name: string; message: string }
  /** A function was called: the hook of this name of a call, or the listener of a subscription. */
  | { type: 'event'; id: number; hook: string; value: unknown };
