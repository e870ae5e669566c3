/** A disk of the manifest as a block device that reads its parts from files. */
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
export function openDisk(disk: DiskEntry, effects: DiskEffects): BlockDevice {
  const { bytes, partBytes, parts } = disk;
  const zeros = new Uint8Array(partBytes);
  return new BlockDevice({
    bytes,
    partBytes,
    onFailure: effects.onFailure,
    onRead: effects.onRead,
    readPart: async (index) => {
      const entry = parts[index];
      if (entry === undefined) throw new MachineError('BadManifest', `a disk has no part ${index}`);
      const length = Math.min(partBytes, bytes - index * partBytes);
      if (entry === null) return zeros.subarray(0, length);
      return effects.inflate(await effects.files.read(entry, { signal: effects.signal }), length);
    },
  });
}
