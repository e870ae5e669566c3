/** Opens a disk of an image as a block device that reads its parts from files. */
import { BlockDevice } from '../engine/block-device.ts';
import { MachineError } from '../errors.ts';
import type { FileSource } from './files.ts';
import type { DiskEntry } from './manifest.ts';

export interface DiskEffects {
  files: FileSource;
  /** Inflates zstd data of a known inflated length. */
  inflate: (bytes: Uint8Array, inflatedBytes: number) => Uint8Array;
  /** Called when a part cannot be read. The guest's read then never completes. */
  onFailure: (error: MachineError) => void;
  /** Called at each read of the guest with each part that it touches. */
  onRead?: (index: number) => void;
  /** Called when the guest starts or stops waiting for parts. */
  onWait?: (isWaiting: boolean) => void;
  /** Called before another attempt to read a part. */
  onRetry?: (error: MachineError) => void;
  /** Called when bytes of a part arrive. */
  onProgress?: () => void;
  /** Cancels pending reads. */
  signal?: AbortSignal;
}

/** Nothing is fetched before the first read. */
export function openDisk({ layers }: DiskEntry, effects: DiskEffects): BlockDevice {
  const parts = layers.flatMap((layer) => layer.parts);
  const partBytes = layers.flatMap((layer) => layer.parts.map(() => layer.partBytes));
  const zeros = new Uint8Array(Math.max(...partBytes));
  return new BlockDevice({
    partBytes,
    onFailure: effects.onFailure,
    onRead: effects.onRead,
    onWait: effects.onWait,
    readPart: async (index, signal) => {
      const [entry, bytes] = [parts[index], partBytes[index]];
      if (entry === undefined || bytes === undefined)
        throw new MachineError('BadManifest', `The disk has no part ${index}.`);
      if (entry === null) return zeros.subarray(0, bytes);
      const packed = await effects.files.read(entry, {
        signal: effects.signal ? AbortSignal.any([effects.signal, signal]) : signal,
        onRetry: effects.onRetry,
        onProgress: effects.onProgress,
        isPatient: true,
      });
      return effects.inflate(packed, bytes);
    },
  });
}
