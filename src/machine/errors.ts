/** The machine's failures, by name. The page has a sentence for each (see `explain`). */
export const machineFailures = [
  'MissingFile', // a part of the machine is not on the server
  'NetworkFailed', // the server is unreachable, or closed the connection early
  'DownloadStalled', // a download brought too few bytes for some seconds
  'CorruptFile', // a part's length or hash differs from the manifest's
  'NotMade', // this computer, which serves the page itself, could not make the snapshot
  'BadManifest', // the list of parts is unreadable or has an unsupported version
  'EngineFailed', // the engine could not start: WebAssembly is missing or refused
  'RestoreFailed', // the engine refused the snapshot
  'GuestStopped', // Linux halted: poweroff, reboot or a panic
  'GuestSilent', // Linux does not answer
  'WorkerMissing', // the worker could not be loaded
  'WorkerDied', // the worker crashed, or does not answer
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

const CHANGED = 'The course may have changed since you opened this page.';
const RELOAD = 'Reload the page.';
/** Stands for the button's label. */
const BUTTON = '<button>';
const AGAIN = `Press ${BUTTON} to start the machine again.`;
const CONNECTION = `Check your connection, then press ${BUTTON}.`;

/** For each failure: the event, and the reader's next step. */
const explanations: Record<MachineFailure, { event: string; next: string }> = {
  MissingFile: {
    event: `A part of the machine is missing from the server. ${CHANGED}`,
    next: RELOAD,
  },
  NetworkFailed: { event: 'A part of the machine could not be downloaded.', next: CONNECTION },
  DownloadStalled: { event: 'The download of the machine has stalled.', next: CONNECTION },
  CorruptFile: {
    event: 'A part of the machine arrived damaged.',
    next: `Press ${BUTTON} to download it again.`,
  },
  NotMade: {
    event: 'This computer could not make the machine for this page.',
    next: 'The terminal in which the server runs gives the reason. Fix the problem, then start the server again.',
  },
  BadManifest: {
    event: `The list of the machine’s parts does not match this page. ${CHANGED}`,
    next: RELOAD,
  },
  EngineFailed: {
    event: 'This browser could not start the engine that the machine needs.',
    next: 'Try a current version of Chrome, Firefox or Safari.',
  },
  RestoreFailed: {
    event: 'The machine could not be restored from its snapshot.',
    next: AGAIN,
  },
  GuestStopped: {
    event: 'The Linux machine has stopped.',
    next: `${AGAIN} Or press Undo to return to the state before it stopped.`,
  },
  GuestSilent: { event: 'The Linux machine does not answer.', next: AGAIN },
  WorkerMissing: {
    event: 'The program that runs the machine could not be loaded.',
    next: RELOAD,
  },
  WorkerDied: { event: 'The machine’s worker has stopped.', next: AGAIN },
  BadMessage: {
    event: 'The page received an invalid message from the machine.',
    next: RELOAD,
  },
};

/** Whether the page itself may be outdated, so that it has to be loaded again. */
export function needsReload(failure: MachineFailure): boolean {
  return explanations[failure].next === RELOAD;
}

/** Explains a failure to the reader in a sentence. */
export function explain(failure: MachineFailure): string {
  return explanations[failure].event;
}

/** Says what the reader can do after a failure, in a sentence. `button` is the label of the button that starts the machine. */
export function adviseAfter(failure: MachineFailure, button = 'Run'): string {
  return explanations[failure].next.replace(BUTTON, button);
}
