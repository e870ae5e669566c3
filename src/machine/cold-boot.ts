/** Boots an image from scratch, to make its snapshot and for the benchmark. */
import { Channel } from './agent/channel.ts';
import { createEngine } from './engine/engine.ts';
import type { Engine } from './engine/engine.ts';
import type { EngineTime } from './engine/engine-time.ts';
import { MachineError } from './errors.ts';
import { listenForLastWords } from './engine/last-words.ts';
import { openDisk } from './image/open-disk.ts';
import type { DiskEffects } from './image/open-disk.ts';
import type { ImageEntry } from './image/manifest.ts';
import { compileEngine } from './load-machine.ts';
import type { MachineEffects } from './load-machine.ts';

const BOOT_MS = 300_000;
/** After a panic's first line, the kernel gets this long to print the reason. */
const LAST_WORDS_MS = 200;

export interface BootedMachine {
  engine: Engine;
  channel: Channel;
  /** Parts of the first disk, in the order of their first read. To record from a later point, clear it. */
  partsRead: Set<number>;
}

/**
 * Resolves when the agent has answered. Rejects with a MachineError whose message ends with the console's
 * text. A later failure rejects all pending requests of the channel with such an error. `time` defaults to
 * the computer's; with any other, all parts of the disks are read before the guest starts.
 */
export async function coldBoot(
  image: ImageEntry,
  effects: MachineEffects,
  time?: EngineTime,
): Promise<BootedMachine> {
  const { files } = effects;
  let fail: (error: MachineError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const diskEffects: DiskEffects = {
    files,
    inflate: (bytes, inflatedBytes) => engine.inflate(bytes, inflatedBytes),
    onFailure: (error) => fail(error),
  };
  const partsRead = new Set<number>();
  const onRead = (part: number): unknown => partsRead.add(part);
  const disks = image.disks.map((disk, i) =>
    openDisk(disk, { ...diskEffects, ...(i === 0 && { onRead }) }),
  );
  const [bios, vgaBios, kernel, initrd] = await Promise.all(
    [image.bios, image.vgaBios, image.kernel, image.initrd].map((entry) => files.read(entry)),
  );
  if (!bios || !vgaBios || !kernel || !initrd) throw new MachineError('BadManifest', 'no kernel');
  const engine = await createEngine({
    wasm: await compileEngine(await files.readEngine(undefined)),
    memoryBytes: image.memoryBytes,
    disks,
    boot: { bios, vgaBios, kernel, initrd, commandLine: image.commandLine },
    ...(time && { time }),
  });
  let console = '';
  let last = 'The processor halted.';
  const stop = (): void => fail(new MachineError('GuestStopped', `${last}\n${console}`));
  const listen = listenForLastWords((message) => {
    last = message;
    setTimeout(stop, LAST_WORDS_MS);
  });
  engine.onConsole = (text) => {
    console = (console + text).slice(-4096);
    effects.onConsole?.(text);
    listen(text);
  };
  engine.onHalt = stop;
  const channel = new Channel({
    send: (bytes) => engine.send(bytes),
    now: effects.now,
    guestTime: () => engine.guestTime(),
    entropy: effects.entropy,
  });
  // After the boot nobody awaits `failed`; callers await the agent's answers instead.
  failed.catch((error: MachineError) => channel.fail(error));
  const timer = setTimeout(
    () => fail(new MachineError('GuestSilent', `No agent after ${BOOT_MS / 1000} s:\n${console}`)),
    BOOT_MS,
  );
  const up = new Promise<void>((resolve) => {
    // The agent's first frame shows that it reads. Bytes sent earlier would be lost.
    engine.onReceive = () => {
      engine.onReceive = (bytes) => channel.receive(bytes);
      resolve();
    };
  });
  try {
    // With repeatable time, a later read would complete at a different guest time in each run.
    if (time) await Promise.all(disks.map((disk) => disk.readAll()));
    await engine.run();
    await Promise.race([up.then(() => channel.greet()), failed]);
  } catch (reason) {
    await engine.destroy();
    throw reason;
  } finally {
    clearTimeout(timer);
  }
  return { engine, channel, partsRead };
}
