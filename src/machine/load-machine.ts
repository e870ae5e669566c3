/** Makes a machine's engine from its files. It then waits for its first restore. */
import type { BlockDevice } from './engine/block-device.ts';
import { Channel } from './agent/channel.ts';
import type { SavedState } from './checkpoints.ts';
import { createEngine } from './engine/engine.ts';
import type { Engine } from './engine/engine.ts';
import { asMachineError } from './errors.ts';
import type { SnapshotEntry } from './image/manifest.ts';
import { openDisk } from './image/open-disk.ts';
import type { DiskEffects } from './image/open-disk.ts';
import { parseSnapshotEntry } from './image/manifest.ts';
import { prefetchParts } from './image/prefetch-parts.ts';
import type { StartFiles, StartSource } from './image/start-files.ts';

export interface MachineEffects extends StartSource {
  now: () => number;
  entropy: (bytes: number) => Uint8Array;
  /** Called with the text that the kernel prints on its console. */
  onConsole?: (text: string) => void;
  /** Whether to fetch, once the snapshot has arrived, the parts of the disk that its programs will need. */
  prefetch?: boolean;
  /** Memory limit for the checkpoints, in bytes; the default is 128 MiB. */
  checkpointBytes?: number;
  /** Lets v86 compile as much as it does by default, for the benchmark. */
  hasStockCompiler?: boolean;
}

/** The files of a machine. */
export interface MachineFiles {
  snapshot: SnapshotEntry;
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

/** Parses the downloaded files, and compiles the engine unless that has begun. Rejects with a MachineError. */
export async function readStart(
  { snapshot, packed, engine }: StartFiles,
  program = compileEngine(engine),
): Promise<MachineFiles> {
  return { snapshot: parseSnapshotEntry(snapshot), packed, program: await program };
}

/** Rejects with 'EngineFailed' where WebAssembly is missing, refused, or does not know an instruction. */
export async function compileEngine(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (reason) {
    throw asMachineError(reason, 'EngineFailed');
  }
}

/** The callbacks for a machine's disks. `signal` cancels their reads. */
export type DiskHooks = Required<Pick<DiskEffects, 'onFailure' | 'signal'>> &
  Pick<DiskEffects, 'onWait' | 'onRetry' | 'onProgress'>;

/** Makes the engine. */
export async function loadMachine(
  { snapshot, packed, program }: MachineFiles,
  effects: MachineEffects,
  hooks: DiskHooks,
): Promise<LoadedMachine> {
  const { image } = snapshot;
  const diskEffects: DiskEffects = {
    files: effects.files,
    inflate: (bytes, inflatedBytes) => engine.inflate(bytes, inflatedBytes),
    ...hooks,
  };
  const disks = image.disks.map((disk) => openDisk(disk, diskEffects));
  const engine = await createEngine({
    wasm: program,
    memoryBytes: image.memoryBytes,
    disks,
    hasStockCompiler: effects.hasStockCompiler ?? false,
  });
  const channel = new Channel({
    send: (bytes) => engine.send(bytes),
    now: effects.now,
    guestTime: () => engine.guestTime(),
    entropy: effects.entropy,
  });
  engine.onReceive = (bytes) => channel.receive(bytes);
  // From now on, nothing else uses the network. The requests go out before the long work below.
  if (effects.prefetch) void prefetchParts(disks[0], snapshot.prefetch, hooks.signal);
  try {
    const state = engine.inflate(packed, snapshot.inflatedBytes);
    hooks.signal.throwIfAborted();
    return { engine, channel, disks, start: { state, sessions: snapshot.sessions }, snapshot };
  } catch (reason) {
    void engine.destroy().catch(() => {});
    throw reason;
  }
}
