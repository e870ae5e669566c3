/** Reads an image's entries from the machine's files. */
import type { FileSource } from './files.ts';
import { parseImage, parseSnapshotEntry } from './manifest.ts';
import type { ImageEntry, SnapshotEntry } from './manifest.ts';

/** An image by name, and the source of its files. */
export interface ImageSource {
  files: FileSource;
  /** Name of the image, as in images.json. */
  image: string;
}

/** Rejects with a MachineError. */
export async function readImage(
  { files, image }: ImageSource,
  signal?: AbortSignal,
): Promise<ImageEntry> {
  return parseImage(await files.readJson('images.json', { signal }), image);
}

/** Rejects with a MachineError. */
export async function readSnapshotEntry(
  { files, image }: ImageSource,
  signal?: AbortSignal,
): Promise<SnapshotEntry> {
  return parseSnapshotEntry(await files.readJson(`${image}/snapshot.json`, { signal }));
}
