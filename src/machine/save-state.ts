/** Saves the state of a running machine. */
import type { SavedState } from './checkpoints.ts';
import { MachineError, StepError, StepInterrupted } from './errors.ts';
import type { LoadedMachine } from './load-machine.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { withTimeout } from './with-timeout.ts';

/** The agent answers within milliseconds; a machine that takes longer than this hangs. */
const ANSWER_MS = 30_000;
/** Maximum wait for a shell to reprint its prompt, or for one part of the disk. A reset has to wait for this. */
const IDLE_MS = 5_000;

/** Resolves to the agent's answer, or rejects with a MachineError after 30 s. */
export function withAnswerTimeout<T>(answer: Promise<T>): Promise<T> {
  const silent = () => new MachineError('GuestSilent', 'The agent does not answer.');
  return withTimeout(ANSWER_MS, answer, silent);
}

export interface SaveOptions {
  /** Whether the machine has to stay paused. */
  isPaused: () => boolean;
  /** Whether the machine has ended meanwhile. */
  isGone: () => boolean;
  /** Ends the wait for a machine that is slow to answer. */
  signal?: AbortSignal | undefined;
}

/**
 * Waits until no bytes are in the serial line and no disk read is pending, then saves the state. Rejects with a
 * StepError when that takes too long or a session is busy, and with StepInterrupted when the signal is aborted.
 */
export async function saveState(
  { engine, channel, disks }: LoadedMachine,
  { isPaused, isGone, signal }: SaveOptions,
): Promise<SavedState> {
  const orStop = <T>(promise: Promise<T>): Promise<T> =>
    signal ? unlessAborted(signal, promise, () => new StepInterrupted()) : promise;
  // Each part is fetched only once, so the loop ends even if the guest keeps reading.
  for (;;) {
    if (isPaused()) throw new StepError('The machine is paused.');
    const switched = orStop(channel.switched());
    await withTimeout(IDLE_MS, switched, () => new StepError('A session is busy.'));
    // Bytes in the serial line would be lost.
    await withAnswerTimeout(orStop(channel.ping()));
    channel.describe(); // throws while a session is busy
    await engine.pause();
    try {
      // A terminal may have begun to change its mode meanwhile.
      if (channel.isSwitching) continue;
      const sessions = channel.describe();
      if (!disks.some((disk) => disk.isBusy)) return { state: await engine.save(), sessions };
    } finally {
      if (!isGone() && !isPaused()) await engine.run();
    }
    const idle = Promise.all(disks.map((disk) => disk.idle()));
    await withTimeout(IDLE_MS, orStop(idle), () => new StepError('The disk is busy.'));
  }
}
