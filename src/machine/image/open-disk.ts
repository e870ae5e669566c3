/** A disk of an image as a block device that reads its parts from files. */
import { BlockDevice } from '../engine/block-device.ts';
import { MachineError } from '../errors.ts';
import type { FileSource } from './files.ts';
import type { DiskEntry } from './manifest.ts';

export interface DiskEffects {
  files: FileSource;
  /** Inflates bytes of zstd to so many bytes. */
  inflate: (bytes: Uint8Array, inflatedBytes: number) => Uint8Array;
  /** Called when a part cannot be had; the read that needed it never ends. */
  onFailure: (error: MachineError) => void;
  /** Called with each part that the guest reads of, each time. */
  onRead?: (index: number) => void;
  /** Ends what is being read. */
  signal?: AbortSignal;
}

/** Nothing is fetched before the first read. */
export function openDisk({ partBytes, layers }: DiskEntry, effects: DiskEffects): BlockDevice {
  const parts = layers.flatMap((layer) => layer.parts);
  const zeros = new Uint8Array(partBytes);
  return new BlockDevice({
    bytes: parts.length * partBytes,
    partBytes,
    onFailure: effects.onFailure,
    onRead: effects.onRead,
    readPart: async (index) => {
      const entry = parts[index];
      if (entry === undefined) throw new MachineError('BadManifest', `a disk has no part ${index}`);
      if (entry === null) return zeros;
      const packed = await effects.files.read(entry, { signal: effects.signal });
      return effects.inflate(packed, partBytes);
    },
  });
}
