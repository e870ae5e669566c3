/**
 * What page and worker say to each other. Types only.
 *
 * Each request carries an id and gets exactly one `done` or `failed`. Everything else the worker
 * says is an event. The worker speaks first: `hello`, with the version, once its script has loaded.
 */
import type { CheckpointId } from '../checkpoints.ts';
import type { RunRequest } from '../machine.ts';
import type { StepResult } from '../agent/session.ts';
import type { MachineState } from '../state.ts';

export const WORKER_PROTOCOL = 2;

/** What a request ends with: of `run` the result, of `checkpoint` its id, of `return` whether it was kept. */
export type RequestResult = StepResult | CheckpointId | boolean | undefined;

export interface StartRequest {
  type: 'start';
  id: number;
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
export type Request =
  | StartRequest
  /** Ends with `done` and a result. */
  | ({ type: 'run'; id: number } & RunRequest)
  /** Stops the run with the id `target`; it then ends with `failed`. */
  | { type: 'stop'; id: number; target: number }
  /** Presses Ctrl-C in the run with the id `target`, which goes on and ends as it then does. */
  | { type: 'interrupt'; id: number; target: number }
  | { type: 'reset'; id: number }
  | { type: 'checkpoint'; id: number }
  | { type: 'return'; id: number; to: CheckpointId }
  | { type: 'pause'; id: number }
  | { type: 'resume'; id: number }
  /** Asks for a sign of life. */
  | { type: 'ping'; id: number };

/** Worker to page. */
export type Reply =
  | { type: 'hello'; protocol: number }
  | { type: 'done'; id: number; result: RequestResult }
  /** The error by its name, since classes do not cross. */
  | { type: 'failed'; id: number; name: string; message: string }
  /** Text that the step `id` printed. */
  | { type: 'output'; id: number; text: string }
  | { type: 'state'; state: MachineState };
