/** The machine's failures, by name. The page has a sentence for each (see `explain`). */
export const machineFailures = [
  'MissingFile', // a part of the machine is not on the server
  'NetworkFailed', // the server is unreachable, or closed the connection early
  'CorruptFile', // a part's length or hash differs from the manifest's
  'BadManifest', // the list of parts is unreadable or has an unsupported version
  'EngineFailed', // the engine could not start: WebAssembly is missing or refused
  'RestoreFailed', // the engine refused the snapshot
  'GuestStopped', // Linux halted: poweroff, reboot or a panic
  'GuestSilent', // Linux does not answer
  'WorkerDied', // the worker crashed, could not be loaded, or does not answer
  'BadMessage', // an unknown message, or a different protocol version in the worker or the agent
] as const;

export type MachineFailure = (typeof machineFailures)[number];

/** A failure of the machine. All pending calls reject; `Machine.start` tries again. */
export class MachineError extends Error {
  readonly failure: MachineFailure;

  constructor(failure: MachineFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = failure;
    this.failure = failure;
  }
}

/** The reader stopped the step; nothing failed. */
export class StepInterrupted extends Error {
  constructor(message = 'The step was stopped.') {
    super(message);
    this.name = 'StepInterrupted';
  }
}

/** A step that cannot run as it is written, or that exceeded its time limit. */
export class StepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StepError';
  }
}

/** A step that could not begin, because a person's command is still running in its session. */
export class SessionBusy extends StepError {
  constructor(message: string) {
    super(message);
    this.name = 'SessionBusy';
  }
}

/** A step that exceeded its time limit. */
export class StepTimeout extends StepError {
  constructor(message: string) {
    super(message);
    this.name = 'StepTimeout';
  }
}

const stepErrors = { SessionBusy, StepError, StepInterrupted, StepTimeout };

/** Recreates an error from its name, since classes do not survive postMessage. Unknown names become WorkerDied. */
export function reviveError(name: string, message: string): Error {
  if (name in stepErrors) return new stepErrors[name as keyof typeof stepErrors](message);
  const failure = machineFailures.find((known) => known === name);
  return new MachineError(failure ?? 'WorkerDied', message);
}

/** Wraps any thrown value in a MachineError; `otherwise` names the failure if it is not one already. */
export function asMachineError(reason: unknown, otherwise: MachineFailure): MachineError {
  if (reason instanceof MachineError) return reason;
  const message = reason instanceof Error ? reason.message : String(reason);
  return new MachineError(otherwise, message, { cause: reason });
}

const explanations: Record<MachineFailure, string> = {
  MissingFile: 'A part of the machine is missing on the server.',
  NetworkFailed: 'A part of the machine could not be downloaded.',
  CorruptFile: 'A part of the machine arrived damaged.',
  BadManifest: 'The list of the machine’s parts cannot be read.',
  EngineFailed: 'This browser could not start the engine that the machine needs.',
  RestoreFailed: 'The machine could not be restored from its snapshot.',
  GuestStopped: 'The Linux machine has stopped.',
  GuestSilent: 'The Linux machine does not answer.',
  WorkerDied: 'The machine’s worker has stopped.',
  BadMessage: 'The page and the machine do not understand each other. Reload the page.',
};

/** Says in a sentence what happened, for the reader. */
export function explain(failure: MachineFailure): string {
  return explanations[failure];
}
