/** Fetches parts of the disk before the guest needs them. */
import type { BlockDevice } from '../engine/block-device.ts';

/**
 * Fetches parts of a disk, one at a time and in the given order, until the signal is aborted. Never rejects: a read that
 * needs a part tries again and reports the error.
 */
export async function prefetchParts(
  disk: BlockDevice | undefined,
  parts: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const part of parts) {
      if (signal.aborted) return;
      await disk?.prefetch(part);
    }
  } catch {
    // See above.
  }
}
