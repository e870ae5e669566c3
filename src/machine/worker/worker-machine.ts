/** The page's machine: implements `Machine` over a worker. */
import { MachineError } from '../errors.ts';
import { DEFAULT_IMAGE } from '../image/default-image.ts';
import { Observable } from '../machine.ts';
import type { Machine } from '../machine.ts';
import type { MachineState } from '../state.ts';
import { Connection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { methods } from './methods.ts';
import type { MethodName, RemoteMethods } from './methods.ts';
import type { MachineSettings } from './protocol.ts';

export type { WorkerLike } from './connection.ts';

export interface WorkerMachineOptions
  extends
    Pick<ConnectionOptions, 'createWorker' | 'heartbeat'>,
    Omit<MachineSettings, 'image' | 'prefetch'>,
    Partial<Pick<MachineSettings, 'image' | 'prefetch'>> {}

/** Defines the methods of the table; each calls over the connection. */
class Remote {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
    for (const [name, { kind }] of Object.entries(methods) as [MethodName, { kind: string }][]) {
      if (kind === 'mirror') continue;
      const method = (...given: unknown[]): unknown =>
        kind === 'call'
          ? connection.call(name, given)
          : connection.subscribe(
              name,
              given.slice(0, -1),
              given.at(-1) as (value: unknown) => void,
            );
      Object.assign(this, { [name]: method });
    }
  }
}
const RemoteMachine = Remote as unknown as new (
  connection: Connection,
) => RemoteMethods & { readonly connection: Connection };

/** Makes a worker at the first `start`, and another at the first `start` after it has ended. */
export class WorkerMachine extends RemoteMachine implements Machine {
  readonly #state: Observable<MachineState>;
  readonly #revision = new Observable(0);
  /** The revision when the present worker began: each worker counts from 0. */
  #earlier = 0;

  constructor(options: WorkerMachineOptions) {
    const { createWorker, heartbeat, image = DEFAULT_IMAGE, prefetch = true, ...rest } = options;
    const state = new Observable<MachineState>({ name: 'idle' });
    const connection = new Connection({
      createWorker,
      heartbeat,
      settings: { ...rest, image, prefetch },
      onEnd: ({ failure, message }) => {
        this.#earlier = this.revision;
        state.value = { name: 'failed', failure, message };
      },
    });
    super(connection);
    this.#state = state;
    connection.subscribe('subscribe', [], (value) => (state.value = value as MachineState));
    connection.subscribe('onRevision', [], (value) => {
      this.#revision.value = this.#earlier + (value as number);
    });
  }

  get state(): MachineState {
    return this.#state.value;
  }

  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  get revision(): number {
    return this.#revision.value;
  }

  onRevision(listener: (revision: number) => void): () => void {
    return this.#revision.subscribe(listener);
  }

  async dispose(): Promise<void> {
    this.connection.end(new MachineError('WorkerDied', 'The machine was switched off.'));
  }
}
