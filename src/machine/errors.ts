/** What can go wrong with the machine, by name. The page has a text for each (see `explain`). */
export const machineFailures = [
  'MissingFile', // a part of the machine is not on the server
  'NetworkFailed', // the server cannot be reached, or broke off
  'CorruptFile', // a part arrived with another length or hash than the manifest says
  'BadManifest', // the list of parts is unreadable or of another version
  'EngineFailed', // the engine could not be started: WebAssembly missing or refused
  'RestoreFailed', // the engine refused the snapshot
  'GuestStopped', // Linux halted: poweroff, reboot or a panic
  'GuestSilent', // Linux does not answer
  'WorkerDied', // the worker crashed, could not be loaded, or does not answer
  'BadMessage', // a message between page and worker that neither knows
] as const;

export type MachineFailure = (typeof machineFailures)[number];

/** A failure of the machine. It ends all that is pending; `Machine.start` tries again. */
export class MachineError extends Error {
  readonly failure: MachineFailure;

  constructor(failure: MachineFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = failure;
    this.failure = failure;
  }
}

/** A step that was ended by the reader, not by a failure. */
export class StepInterrupted extends Error {
  constructor(message = 'The step was stopped.') {
    super(message);
    this.name = 'StepInterrupted';
  }
}

/** A step that cannot be run as it is written, or took longer than it may. */
export class StepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StepError';
  }
}

/** A step that could not begin, since what a person has begun in its session has not ended. */
export class SessionHeld extends StepError {
  constructor(message: string) {
    super(message);
    this.name = 'SessionHeld';
  }
}

/** A step that took longer than it may. */
export class StepTimeout extends StepError {
  constructor(message: string) {
    super(message);
    this.name = 'StepTimeout';
  }
}

const stepErrors = { SessionHeld, StepError, StepInterrupted, StepTimeout };

/** The error of this name again, where its class was lost on the way; one unknown ends a worker. */
export function reviveError(name: string, message: string): Error {
  if (name in stepErrors) return new stepErrors[name as keyof typeof stepErrors](message);
  const failure = machineFailures.find((known) => known === name);
  return new MachineError(failure ?? 'WorkerDied', message);
}

/** The failure that an unknown thrown value stands for. */
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

/** A sentence for the reader: what happened. */
export function explain(failure: MachineFailure): string {
  return explanations[failure];
}
