/** What the page, the verifier and the tests know of a machine, wherever it runs. */
import type { ProcessList } from './agent/processes.ts';
import type { CheckpointId } from './checkpoints.ts';
import type { StepResult } from './agent/session.ts';
import type { MachineState } from './state.ts';

export interface RunRequest {
  /** Name of the session; it is opened when it is new. */
  session: string;
  /** One command as one would type it; lines after the first continue it. */
  command: string;
  /** Milliseconds after which the step is interrupted; 60 s unless given. */
  timeout?: number | undefined;
}

export interface RunHooks {
  /** Called with what the terminal shows, as it arrives. */
  onOutput?: ((text: string) => void) | undefined;
  /** Stops the step: Ctrl-C, and a reset of the machine when that does not end it. */
  signal?: AbortSignal | undefined;
  /** Presses Ctrl-C once aborted, again each second, until the step ends; it resolves as it does. */
  interrupt?: AbortSignal | undefined;
}

export interface Machine {
  readonly state: MachineState;
  /** Counts input that no step made, as from a person at a terminal. Never counts back. */
  readonly revision: number;
  /** Calls the listener with the state now and at each change. Returns how to stop that. */
  subscribe(listener: (state: MachineState) => void): () => void;
  /** Resolves when the machine is ready. Rejects with a MachineError, and may then be called again. */
  start(): Promise<void>;
  /**
   * Runs a step after those asked for before. Rejects with StepInterrupted when the signal stopped
   * it, with StepError when it cannot be run or took too long, with a MachineError when the machine
   * failed meanwhile.
   */
  run(request: RunRequest, hooks?: RunHooks): Promise<StepResult>;
  /** Returns to the state of the snapshot, in place. Ends what runs. */
  reset(): Promise<void>;
  /** Keeps the state as it is. Rejects with a StepError while a session is busy. */
  checkpoint(): Promise<CheckpointId>;
  /**
   * Returns to a kept state, in place. Resolves to false, and changes nothing, when it is not kept any
   * more: memory is bounded, and a machine that failed has lost its states.
   */
  returnTo(id: CheckpointId): Promise<boolean>;
  /** Writes a file of the machine; its mode is 0o644 unless given. Rejects with a StepError that says why it cannot. */
  putFile(path: string, bytes: Uint8Array, mode?: number): Promise<void>;
  /** Reads a file of the machine, of 16 MiB at most. Rejects with a StepError that says why it cannot. */
  getFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Calls the listener with the machine's processes, now and when they change, at most every `ms`
   * milliseconds; also after the machine was started anew. Returns how to stop that.
   */
  observe(ms: number, listener: (list: ProcessList) => void): () => void;
  /** Lets the guest's time stand still. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the machine; everything pending rejects. */
  dispose(): Promise<void>;
}

/** Holds a state and tells listeners. */
export class StateHolder {
  #state: MachineState = { name: 'idle' };
  readonly #listeners = new Set<(state: MachineState) => void>();

  get value(): MachineState {
    return this.#state;
  }

  set value(state: MachineState) {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  subscribe(listener: (state: MachineState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => void this.#listeners.delete(listener);
  }
}
