/** The texts of a machine's bar. */
import { sessionLabel } from '../../cells/cell.ts';
import { adviseAfter, explain } from '../../machine/errors.ts';
import type { MachineFailure } from '../../machine/errors.ts';
import type { StartProgress } from '../../machine/image/start-files.ts';
import type { DiskWait, MachineState } from '../../machine/state.ts';
import type { Admission } from './machines.ts';

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** The cost of a start, and the speed of its download. */
export interface MachineContext {
  /** The cost of a start. */
  admission: Admission;
  /** The speed of its download, if known. */
  bytesPerSecond?: number | undefined;
  /** Whether the page has cells, so that Run starts the machine. */
  hasCells: boolean;
  /** The download of a large image in MB, and whether this device may have too little memory for it. */
  cost?: { megabytes: number; isTooLarge: boolean } | undefined;
}

/** Describes a machine's state in a sentence or two. */
export function describeMachine(state: MachineState, context: MachineContext): string {
  switch (state.name) {
    case 'idle':
      return describeIdle(context);
    case 'fetching':
      return describeDownload(state, context.bytesPerSecond);
    case 'restoring':
      return 'Starting the machine.';
    case 'ready':
      return 'The machine is ready.';
    case 'busy':
      if (state.disk) return describeDiskWait(state.disk);
      if (state.silent) return SILENT;
      return `The machine is busy in session “${state.sessions.map(sessionLabel).join('” and “')}”.`;
    case 'paused':
      return 'The machine is paused.';
    case 'stopped':
      return `The Linux machine has stopped. ${state.message} Press Undo to return to the state before it stopped.`;
    case 'failed':
      return describeFailure(state.failure, context.hasCells);
  }
}

const SILENT =
  'The machine is running, but it has not responded for 5 seconds. Wait, or press Undo to return to the previous state.';

function describeFailure(failure: MachineFailure, hasCells: boolean): string {
  if (!hasCells) return `${explain(failure)} ${adviseAfter(failure, '“Start again”')}`;
  const rest = 'The text and the printed outputs are complete without the machine.';
  return `${explain(failure)} ${adviseAfter(failure)} ${rest}`;
}

function describeDiskWait({ retrying }: DiskWait): string {
  if (retrying) return `${explain(retrying)} Trying again.`;
  return 'The machine is waiting for a part of its disk to download.';
}

function describeDownload(
  { loaded, total, retrying, making }: StartProgress,
  bytesPerSecond: number | undefined,
): string {
  if (retrying) return `${explain(retrying)} Trying again.`;
  if (making) return describeMaking(making);
  if (!total) return 'Downloading the machine.';
  const bytes = `Downloading the machine: ${megabytes(loaded)} of ${megabytes(total)} MB`;
  if (!bytesPerSecond) return `${bytes}.`;
  const seconds = Math.ceil((total - loaded) / bytesPerSecond);
  return `${bytes}, ${describeSpeed(bytesPerSecond)}, about ${describeTime(seconds)} left.`;
}

/** On a computer that serves the page itself: it boots the machine and saves its state, which takes minutes once. */
function describeMaking({ done, of }: { done: number; of: number }): string {
  const steps = of ? `: ${done} of ${of} steps are done` : '';
  return `This computer is still making the machine for this page${steps}. The machine then starts by itself.`;
}

function describeSpeed(bytesPerSecond: number): string {
  if (bytesPerSecond < 1e3) return 'less than 1 kB/s';
  return bytesPerSecond < 1e5
    ? `${Math.round(bytesPerSecond / 1e3)} kB/s`
    : `${megabytes(bytesPerSecond)} MB/s`;
}

function describeTime(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/**
 * The announcement of a change for screen readers, or undefined. Announces the start and the half of a download, and
 * when the machine is ready, off again, or has failed. More announcements of progress would drown out everything else.
 */
export function describeChange(
  before: MachineState,
  after: MachineState,
  context: MachineContext,
): string | undefined {
  switch (after.name) {
    case 'fetching': {
      if (before.name !== 'fetching') return 'Downloading the machine.';
      // Each step of minutes of work would be too much.
      if (!after.making !== !before.making || after.retrying !== before.retrying)
        return describeMachine(after, context);
      const isHalf = ({ loaded, total }: StartProgress) => total > 0 && loaded >= total / 2;
      return isHalf(after) && !isHalf(before) ? 'Half of the machine is downloaded.' : undefined;
    }
    case 'ready':
      // The end of a step is announced by its cell.
      return before.name === 'restoring' ? describeMachine(after, context) : undefined;
    case 'stopped':
    case 'failed':
      return describeMachine(after, context);
    case 'idle':
      // Cancelled or ended. The previous announcement, for instance of a download, is no longer true.
      return before.name === 'idle' ? undefined : describeMachine(after, context);
    case 'busy': {
      const known = before.name === 'busy' ? before.disk : undefined;
      const isNews = after.disk && (!known || known.retrying !== after.disk.retrying);
      const wasSilent = before.name === 'busy' && before.silent;
      return isNews || (after.silent && !wasSilent) ? describeMachine(after, context) : undefined;
    }
    case 'restoring':
    case 'paused':
      return undefined;
  }
}

function describeIdle({ admission, hasCells, cost }: MachineContext): string {
  const off = hasCells ? describeAdmission(admission) : 'The machine is off.';
  if (!cost) return off;
  const download = `${hasCells ? 'Run' : 'Starting it'} downloads about ${cost.megabytes} MB.`;
  const warning =
    'This device may have too little memory for this machine. The browser may then reload or close the page.';
  return `${off} ${download}${cost.isTooLarge ? ` ${warning}` : ''}`;
}

function describeAdmission(admission: Admission): string {
  switch (admission.kind) {
    case 'alone':
      return 'Press Run to start a Linux machine in this page.';
    case 'beside':
      return 'Press Run to start a second Linux machine in this page. It takes about 400 MB more memory.';
    case 'instead':
      return `Press Run to start this machine in place of ${namesOf(admission.others)}.`;
  }
}

/** The question before a start that costs something, and the label of the button that agrees. */
export function describeQuestion(admission: Admission): { text: string; agree: string } {
  switch (admission.kind) {
    case 'alone':
      return { text: 'Start the machine?', agree: 'Start it' };
    case 'beside':
      return {
        text: 'A second Linux machine takes about 400 MB more of this device’s memory.',
        agree: 'Start it',
      };
    case 'instead': {
      const names = namesOf(admission.others);
      const text = `This device has memory for only one Linux machine. Starting this one ends ${names}, and its state is lost.`;
      return { text, agree: `End ${names} and start this` };
    }
  }
}

function namesOf(machines: readonly { name: string }[]): string {
  return machines.map(({ name }) => `“${name}”`).join(' and ');
}
