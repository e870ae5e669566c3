/** The parts of a machine that exist from a start until its next failure. */
import { Checkpoints } from './checkpoints.ts';
import { StateBase } from './engine/state-base.ts';
import type { LoadedMachine, MachineEffects } from './load-machine.ts';
import type { MachineState } from './state.ts';
import { Watchdog } from './watchdog.ts';
import type { Watched } from './watchdog.ts';

const CHECKPOINT_BYTES = 128 << 20;

export interface Running extends LoadedMachine {
  checkpoints: Checkpoints;
  /** Aborted when the machine ends; cancels its fetches. */
  end: AbortController;
  watchdog: Watchdog;
}

interface RunningOptions extends Pick<Watched, 'onSilent' | 'onDead'> {
  end: AbortController;
  state: () => MachineState;
}

/** Adds to a loaded machine what it needs while it runs. The watchdog sleeps until it is woken. */
export function toRunning(
  loaded: LoadedMachine,
  effects: MachineEffects,
  { end, state, onSilent, onDead }: RunningOptions,
): Running {
  const { engine, channel, disks, start } = loaded;
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
  const limit = effects.checkpointBytes ?? CHECKPOINT_BYTES;
  return {
    ...loaded,
    end,
    checkpoints: new Checkpoints(new StateBase(start.state), limit),
    watchdog: new Watchdog(watched, effects.now),
  };
}
