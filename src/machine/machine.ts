/** What the page, the verifier and the tests know of a machine, wherever it runs. */
import type { ProcessList } from './agent/processes.ts';
import type { CheckpointId } from './checkpoints.ts';
import type { StepResult } from './agent/step-shell.ts';
import type { TerminalSize } from './agent/terminal.ts';
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
  /** Called with the step's output as it arrives; its lines end in "\n". Nobody else keeps it. */
  onOutput?: ((text: string) => void) | undefined;
  /** Stops the step: Ctrl-C, and the end of its session when that does not end it. */
  signal?: AbortSignal | undefined;
  /** Presses Ctrl-C once aborted, again each second, until the step ends; it resolves as it does. */
  interrupt?: AbortSignal | undefined;
}

export interface Machine {
  readonly state: MachineState;
  /** Calls the listener with the state now and at each change. Returns how to stop that. */
  subscribe(listener: (state: MachineState) => void): () => void;
  /** Resolves when the machine is ready. Rejects with a MachineError, and may then be called again. */
  start(): Promise<void>;
  /**
   * Number of inputs that no step has made: what a person has typed, and files that were put. It only grows. A
   * checkpoint is what the machine is as long as this, and nothing but this, stays the same beside it.
   */
  readonly revision: number;
  /** Calls the listener with that number now and at each change. Returns how to stop that. */
  onRevision(listener: (revision: number) => void): () => void;
  /**
   * Runs a step after those asked for before in its session. What a person has typed there and not sent is cleared.
   * Rejects with StepInterrupted when the signal stopped it, with SessionHeld when what a person has begun there
   * has not ended, with StepError when it cannot be run or took too long, with a MachineError when the machine
   * failed meanwhile.
   */
  run(request: RunRequest, hooks?: RunHooks): Promise<StepResult>;
  /** Returns to the state of the snapshot, in place. Ends what runs, and what waits to run. */
  reset(): Promise<void>;
  /** Keeps the state as it is after the steps asked for before. Rejects with a StepError while a person's command runs. */
  checkpoint(): Promise<CheckpointId>;
  /**
   * Returns to a kept state, in place. Resolves to false, and changes nothing, when it is not kept any
   * more: memory is bounded, and a machine that failed has lost its states.
   */
  returnTo(id: CheckpointId): Promise<boolean>;
  /** Types for a person, in a session that is opened when it is new. While a step runs there, it is typed after it. */
  writeTerminal(session: string, data: string): Promise<void>;
  /** Sets the size of a session's terminal. */
  resizeTerminal(session: string, size: TerminalSize): Promise<void>;
  /** Kills every process of a session. What is typed or run next gets a new shell. */
  closeTerminal(session: string): Promise<void>;
  /**
   * Calls the listener with what a session's terminal shows, as bytes for a terminal of the kind xterm: the last
   * of what it has shown, then the rest as it comes; also after the machine was started anew. Its shell shows its
   * prompt. Returns how to stop that.
   */
  watchTerminal(session: string, listener: (data: string) => void): () => void;
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

/** Holds a value, such as the state, and tells listeners. */
export class Observable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  /** Calls the listener with the value now and at each change. Returns how to stop that. */
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#value);
    return () => void this.#listeners.delete(listener);
  }
}
