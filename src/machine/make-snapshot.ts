/** Boots an image and takes the state from which every machine starts: the same bytes each time. */
import { coldBoot } from './cold-boot.ts';
import type { Channel } from './agent/channel.ts';
import type { SessionList } from './agent/sessions.ts';
import { repeatableTime } from './engine/repeatable-time.ts';
import type { ImageEntry } from './image/manifest.ts';
import type { MachineEffects } from './load-machine.ts';
import { withOutput } from './step-output.ts';
import { within } from './within.ts';

/** When the snapshot's clock begins. A reader's machine gets the date with its first greeting. */
const DATE = Date.UTC(2025, 0, 1);

/** Maximum time for a command, by the computer's clock. When it has not passed, nothing depends on it. */
const COMMAND_MS = 300_000;

/** The commands of an image, see guest/images/image-recipe.ts. */
export interface SnapshotCommands {
  prepare: readonly string[];
  recorded: readonly string[];
}

export interface Snapshot {
  state: Uint8Array<ArrayBuffer>;
  /** The sessions that stand open at their prompts. */
  sessions: SessionList;
  /** Parts of the first disk in the order in which the recorded commands first read them. */
  prefetch: number[];
}

/**
 * Needs Node. Rejects with a MachineError when the boot fails, and with an Error for a command that does
 * not end with 0, or not within five minutes. Nothing here may wait for a timer or a file while the guest
 * runs: what it is sent after that would come at another moment in each run.
 */
export async function makeSnapshot(
  image: ImageEntry,
  effects: MachineEffects,
  { prepare, recorded }: SnapshotCommands,
): Promise<Snapshot> {
  const fixed: MachineEffects = {
    ...effects,
    now: () => DATE,
    // It is no secret: a reader's machine gets entropy of its own with its first greeting.
    entropy: (bytes) => new Uint8Array(bytes),
  };
  const { engine, channel, partsRead } = await coldBoot(image, fixed, repeatableTime(DATE));
  try {
    await runAll(channel, prepare);
    // The reader's session stands at its prompt already, with nothing in its history.
    await channel.session('host').run('history -c');
    await channel.settle();
    await channel.ping();
    await engine.pause();
    const sessions = channel.describe();
    engine.clearFirmware();
    const state = await engine.save();
    partsRead.clear();
    await engine.run();
    await runAll(channel, recorded);
    return { state, sessions, prefetch: [...partsRead] };
  } finally {
    await engine.destroy();
  }
}

async function runAll(channel: Channel, commands: readonly string[]): Promise<void> {
  const session = channel.session('prepare');
  for (const command of commands) {
    const late = (): Error => new Error(`The command "${command}" has not ended.`);
    const run = withOutput((onOutput) => session.run(command, onOutput));
    const { status, output } = await within(COMMAND_MS, run, late);
    if (status !== 0)
      throw new Error(`The command "${command}" ended with ${status ?? 'no status'}:\n${output}`);
  }
  // Its history is not the reader's.
  await session.run('unset HISTFILE; exit');
}
