/** Fetches a machine's files and makes its engine, which then waits for its first restore. */
import type { BlockDevice } from './engine/block-device.ts';
import { Channel } from './agent/channel.ts';
import type { SavedState } from './checkpoints.ts';
import { createEngine } from './engine/engine.ts';
import type { Engine } from './engine/engine.ts';
import { asMachineError, MachineError } from './errors.ts';
import type { ImageEntry, SnapshotEntry } from './image/manifest.ts';
import { openDisk } from './image/open-disk.ts';
import type { DiskEffects } from './image/open-disk.ts';
import { readImage, readSnapshotEntry } from './image/read-image.ts';
import type { ImageSource } from './image/read-image.ts';

export interface MachineEffects extends ImageSource {
  /** Compiles the engine's WebAssembly program. */
  engineProgram: () => Promise<WebAssembly.Module>;
  /** The engine's version, which must equal the snapshot's. */
  engineVersion: string;
  now: () => number;
  entropy: (bytes: number) => Uint8Array;
  /** Called with the text that the kernel prints on its console. */
  onConsole?: (text: string) => void;
  /** Whether to fetch, once the machine is ready, the parts of the disk that its programs will need. */
  prefetch?: boolean;
  /** Memory limit for the checkpoints, in bytes; the default is 128 MiB. */
  checkpointBytes?: number;
}

/** The files of a machine. */
export interface MachineFiles {
  snapshot: SnapshotEntry;
  image: ImageEntry;
  packed: Uint8Array<ArrayBuffer>;
  program: WebAssembly.Module;
}

/** The parts of a running machine. */
export interface LoadedMachine {
  engine: Engine;
  channel: Channel;
  /** The first holds the programs. */
  disks: BlockDevice[];
  /** The snapshot's state. */
  start: SavedState;
  snapshot: SnapshotEntry;
}

/** Fetches the files for a start. `onProgress` gets the snapshot's bytes. Rejects with a MachineError. */
export async function fetchMachine(
  effects: MachineEffects,
  signal: AbortSignal,
  onProgress: (loaded: number, total: number) => void,
): Promise<MachineFiles> {
  const { files, engineProgram, engineVersion } = effects;
  const [snapshot, image] = await Promise.all([
    readSnapshotEntry(effects, signal),
    readImage(effects, signal),
  ]);
  if (snapshot.engine !== engineVersion) {
    const reason = `The snapshot needs v86 ${snapshot.engine}, but the page has ${engineVersion}.`;
    throw new MachineError('BadManifest', reason);
  }
  if (snapshot.recipe !== image.recipe) {
    const reason = 'snapshot.json and images.json come from different builds. Reload the page.';
    throw new MachineError('BadManifest', reason);
  }
  onProgress(0, snapshot.bytes);
  const [packed, program] = await Promise.all([
    files.read(snapshot, { signal, onProgress: (loaded) => onProgress(loaded, snapshot.bytes) }),
    engineProgram().catch((reason: unknown) => {
      throw asMachineError(reason, 'EngineFailed');
    }),
  ]);
  return { snapshot, image, packed, program };
}

/** Makes the engine. `signal` cancels the disks' reads; `onFailure` gets their errors. */
export async function loadMachine(
  { snapshot, image, packed, program }: MachineFiles,
  effects: MachineEffects,
  signal: AbortSignal,
  onFailure: (error: MachineError) => void,
): Promise<LoadedMachine> {
  const diskEffects: DiskEffects = {
    files: effects.files,
    inflate: (bytes, inflatedBytes) => engine.inflate(bytes, inflatedBytes),
    onFailure,
    signal,
  };
  const disks = image.disks.map((disk) => openDisk(disk, diskEffects));
  const engine = await createEngine({
    wasm: program,
    memoryBytes: image.memoryBytes,
    disks,
  });
  const channel = new Channel({
    send: (bytes) => engine.send(bytes),
    now: effects.now,
    guestTime: () => engine.guestTime(),
    entropy: effects.entropy,
  });
  engine.onReceive = (bytes) => channel.receive(bytes);
  try {
    const state = engine.inflate(packed, snapshot.inflatedBytes);
    signal.throwIfAborted();
    return { engine, channel, disks, start: { state, sessions: snapshot.sessions }, snapshot };
  } catch (reason) {
    void engine.destroy().catch(() => {});
    throw reason;
  }
}
