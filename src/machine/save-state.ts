/** Saves the state of a machine that runs. */
import type { SavedState } from './checkpoints.ts';
import { MachineError, StepError } from './errors.ts';
import type { LoadedMachine } from './load-machine.ts';
import { within } from './within.ts';

/** The agent answers within milliseconds; a machine that needs longer than this hangs. */
const ANSWER_MS = 30_000;
/** Maximum wait for a shell to print its prompt anew, or for one part of the disk; a reset that is asked for meanwhile waits, too. */
const REST_MS = 5_000;

/** The agent's answer; rejects with a MachineError when there is none in 30 s. */
export function answered<T>(answer: Promise<T>): Promise<T> {
  const silent = () => new MachineError('GuestSilent', 'The agent does not answer.');
  return within(ANSWER_MS, answer, silent);
}

/**
 * Waits until nothing is on its way, in the serial line or from the disk, and saves the state. Rejects with a StepError
 * when that does not happen, or a session is busy. `isPaused` says whether the machine is to stand still, and `isGone`
 * whether it has ended meanwhile.
 */
export async function saveState(
  { engine, channel, disks }: LoadedMachine,
  isPaused: () => boolean,
  isGone: () => boolean,
): Promise<SavedState> {
  // Each part is fetched once, so the disk comes to rest also under a guest that goes on reading.
  for (;;) {
    if (isPaused()) throw new StepError('The machine is paused.');
    await within(REST_MS, channel.switched(), () => new StepError('a session is busy'));
    // What is on its way would be lost.
    await answered(channel.ping());
    const sessions = channel.describe();
    await engine.pause();
    try {
      if (!disks.some((disk) => disk.isBusy)) return { state: await engine.save(), sessions };
    } finally {
      if (!isGone() && !isPaused()) await engine.run();
    }
    const settled = Promise.all(disks.map((disk) => disk.settled()));
    await within(REST_MS, settled, () => new StepError('The disk is being read.'));
  }
}
