/** Boots an image and saves the state from which every machine starts: the same bytes each time. */
import { coldBoot } from './cold-boot.ts';
import type { Channel } from './agent/channel.ts';
import type { SessionList } from './agent/sessions.ts';
import { repeatableTime } from './engine/repeatable-time.ts';
import type { ImageEntry } from './image/manifest.ts';
import type { MachineEffects } from './load-machine.ts';
import { withOutput } from './step-output.ts';
import { withTimeout } from './with-timeout.ts';

/** The guest's date when the snapshot boots. A reader's machine gets the real date with its first greeting. */
const DATE = Date.UTC(2025, 0, 1);

/** Time limit for a command, by the computer's clock. The snapshot does not depend on it unless it passes. */
const COMMAND_MS = 300_000;

/** An image's commands, see guest/images/image-recipe.ts. */
export interface SnapshotCommands {
  prepare: readonly string[];
  recorded: readonly string[];
}

export interface Snapshot {
  state: Uint8Array<ArrayBuffer>;
  /** The open sessions, each at its prompt. */
  sessions: SessionList;
  /** Parts of the first disk, in the order in which the recorded commands first read them. */
  prefetch: number[];
}

/** Gets the number of steps that are done, of all: the boot, and each command. It must not wait for anything. */
export type OnSteps = (done: number, of: number) => void;

/**
 * Needs Node. Rejects with a MachineError when the boot fails, and with an Error when a command fails or
 * takes longer than five minutes. Nothing here may wait for a timer or a file while the guest runs:
 * later input would then arrive at a different guest time in each run.
 */
export async function makeSnapshot(
  image: ImageEntry,
  effects: MachineEffects,
  { prepare, recorded }: SnapshotCommands,
  onSteps: OnSteps = () => {},
): Promise<Snapshot> {
  const steps = 1 + prepare.length + recorded.length;
  let done = 0;
  const onStep = (): void => onSteps(done++, steps);
  onStep();
  const fixed: MachineEffects = {
    ...effects,
    now: () => DATE,
    // Zeros are safe here: a reader's machine gets fresh entropy with its first greeting.
    entropy: (bytes) => new Uint8Array(bytes),
  };
  const { engine, channel, partsRead } = await coldBoot(image, fixed, repeatableTime(DATE));
  try {
    onStep();
    await runAll(channel, prepare, onStep);
    // The reader's session is at its prompt already, with an empty history.
    await channel.session('host').run('history -c');
    await channel.stopZeroing();
    await channel.ping();
    await engine.pause();
    const sessions = channel.describe();
    engine.clearFirmware();
    const state = await engine.save();
    partsRead.clear();
    await engine.run();
    await runAll(channel, recorded, onStep);
    return { state, sessions, prefetch: [...partsRead] };
  } finally {
    await engine.destroy();
  }
}

async function runAll(
  channel: Channel,
  commands: readonly string[],
  onStep: () => void,
): Promise<void> {
  const session = channel.session('prepare');
  for (const command of commands) {
    const late = (): Error => new Error(`The command "${command}" did not end in time.`);
    const run = withOutput((onOutput) => session.run(command, { onOutput }));
    const { status, output } = await withTimeout(COMMAND_MS, run, late);
    if (status !== 0)
      throw new Error(`The command "${command}" ended with ${status ?? 'no status'}:\n${output}`);
    onStep();
  }
  // Its history must not become the reader's.
  await session.run('unset HISTFILE; exit');
}
