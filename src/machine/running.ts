/** What belongs to a machine from a start until its next failure. */
import type { Checkpoints } from './checkpoints.ts';
import type { LoadedMachine } from './load-machine.ts';
import type { MachineState } from './state.ts';
import { Watchdog } from './watchdog.ts';
import type { Watched } from './watchdog.ts';

export interface Running extends LoadedMachine {
  checkpoints: Checkpoints;
  /** Aborted when the machine ends; cancels its fetches. */
  end: AbortController;
  watchdog: Watchdog;
  prefetched: boolean;
}

/** Fetches the parts of the disk that the recorded run read, one at a time and in that order; only once. */
export async function prefetch(running: Running): Promise<void> {
  if (running.prefetched) return;
  running.prefetched = true;
  try {
    for (const part of running.snapshot.prefetch) {
      if (running.end.signal.aborted) return;
      await running.disks[0]?.prefetch(part);
    }
  } catch {
    // A read that needs the part tries again and reports the error.
  }
}

interface WatchdogOptions extends Pick<Watched, 'onSilent' | 'onDead'> {
  now: () => number;
  state: () => MachineState;
}

/** Makes a machine's watchdog. It sleeps until it is woken. */
export function watchdogFor(
  { engine, channel, disks }: LoadedMachine,
  { now, state, onSilent, onDead }: WatchdogOptions,
): Watchdog {
  const isBusy = (): boolean => {
    const present = state();
    return present.name === 'busy' && present.sessions.length > 0;
  };
  const watched: Watched = {
    ping: () => channel.ping(),
    instructions: () => engine.instructions(),
    isBusy,
    isExcused: () => state().name === 'paused' || disks.some((disk) => disk.isBusy),
    onSilent,
    onDead,
  };
  return new Watchdog(watched, now);
}
