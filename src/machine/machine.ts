/** The interface of a machine, wherever it runs: all that the page, the verifier and the tests use. */
import type { KernelListener, KernelRequest } from './agent/kernel-report.ts';
import type { CheckpointId } from './checkpoints.ts';
import type { OutputHooks, StepResult } from './agent/step-shell.ts';
import type { TerminalSize } from './agent/terminal.ts';
import type { StartFiles } from './image/start-files.ts';
import type { KernelNotice } from './kernel-notices.ts';
import type { MachineState } from './state.ts';

export interface RunRequest {
  /** Name of the session; a new name opens a session. */
  session: string;
  /** One command, as typed at a prompt; lines after the first continue it. */
  command: string;
  /** Time limit of the step in milliseconds; the default is 60 s. */
  timeout?: number | undefined;
  /** Whether a person typed the command. It then increases `revision`, as input in the terminal does. */
  isByPerson?: boolean | undefined;
}

export interface RunHooks extends OutputHooks {
  /** Stops the step with Ctrl-C, or by closing its session if Ctrl-C does not end it. */
  signal?: AbortSignal | undefined;
  /** Once aborted, presses Ctrl-C every second until the step ends. The step then resolves as usual. */
  interrupt?: AbortSignal | undefined;
}

export interface Machine {
  readonly state: MachineState;
  /** Calls the listener with the state, now and at each change. Returns a function that unsubscribes. */
  subscribe(listener: (state: MachineState) => void): () => void;
  /** Compiles the engine for the next start, while the other files of that start are being downloaded. */
  prepare(engine: Uint8Array<ArrayBuffer>): Promise<void>;
  /**
   * Resolves when the machine is ready. Downloads its files unless they are given. May be called again after it
   * has rejected with a MachineError.
   */
  start(files?: StartFiles): Promise<void>;
  /**
   * Counts a person's inputs: text typed in a terminal, commands typed as steps, files that were put, and sessions that
   * were closed. It only grows. A checkpoint taken at an earlier value lacks the input since then.
   */
  readonly revision: number;
  /** Calls the listener with that number, now and at each change. Returns a function that unsubscribes. */
  onRevision(listener: (revision: number) => void): () => void;
  /**
   * Runs a step after all earlier requests of its session. Clears a line that a person has typed but not sent.
   * Rejects with StepInterrupted when the signal stopped it, with SessionBusy when a person's command is still
   * running there, with StepError when it cannot run or exceeds its time limit, and with a MachineError when the
   * machine fails.
   */
  run(request: RunRequest, hooks?: RunHooks): Promise<StepResult>;
  /** Returns to the snapshot's state without a restart. Ends running steps and cancels waiting ones. */
  reset(): Promise<void>;
  /**
   * Saves the state after all earlier requests. Rejects with a StepError while a person's command runs, and with
   * StepInterrupted when the signal is aborted.
   */
  checkpoint(hooks?: { signal?: AbortSignal | undefined }): Promise<CheckpointId>;
  /**
   * Returns to a checkpoint without a restart. If the checkpoint is no longer kept, it resolves to false and
   * changes nothing: memory is bounded, and a machine that fails loses its checkpoints. With `forget`, the checkpoint
   * is not kept any longer. With `keepScreens`, terminals keep what they show; without it, they are cleared.
   */
  returnTo(
    id: CheckpointId,
    options?: { forget?: boolean; keepScreens?: boolean },
  ): Promise<boolean>;
  /** Types a person's input; a new name opens a session. While a step runs there, the input waits for its end. */
  writeTerminal(session: string, data: string): Promise<void>;
  /**
   * Sets the size of a session's terminal for a person, until the machine ends. Steps have 24 rows and 80 columns,
   * since programs format their output for the size. A step inside a program such as
   * lxc-attach keeps the terminal's last size. A step whose program reads keys gets the person's size.
   */
  resizeTerminal(session: string, size: TerminalSize): Promise<void>;
  /** Kills every process of a session. The next input or step gets a new shell. */
  closeTerminal(session: string): Promise<void>;
  /**
   * Calls the listener with the output of a session's terminal, as text for an xterm-compatible terminal: first
   * the most recent output, then new output as it arrives. Continues after a restart of the machine. The shell
   * shows its prompt. Returns a function that unsubscribes.
   */
  watchTerminal(session: string, listener: (data: string) => void): () => void;
  /** Writes a file on the machine; the default mode is 0o644. Rejects with a StepError that gives the reason. */
  putFile(path: string, bytes: Uint8Array, mode?: number): Promise<void>;
  /** Reads a file of at most 16 MiB from the machine. Rejects with a StepError that gives the reason. */
  getFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Calls the listener with the kernel's objects, now and when they change, at most every `ms` milliseconds of
   * the request. The report has the processes, and what any observer has requested. Continues after a restart of the machine. Returns a function that unsubscribes.
   */
  observe(request: KernelRequest, listener: KernelListener): () => void;
  /** Calls the listener with what the kernel reports on its console. Returns a function that unsubscribes. */
  onNotice(listener: (notice: KernelNotice) => void): () => void;
  /** Stops the guest's time. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the machine; all pending calls reject. */
  dispose(): Promise<void>;
}

/** A machine whose files can be downloaded before its start. */
export interface PageSideMachine extends Machine {
  /**
   * Begins the download of a machine that has never been started, and starts nothing; the start takes the download over.
   * Returns a function that gives it up. Its failure is silent.
   */
  fetchAhead(): () => void;
  /** Gives up all that no start has taken over. */
  dropAhead(): void;
}
