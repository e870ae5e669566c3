/** What a build has changed in the sizes of the image's parts. */
import type { DiskEntry, Manifest } from '../src/machine/image/manifest.ts';

function diskBytes({ parts }: DiskEntry): number {
  return parts.reduce((sum, part) => sum + (part?.bytes ?? 0), 0);
}

/** Bytes as a server stores them, by part of the image. */
export function sizesOf(manifest: Manifest): Map<string, number> {
  return new Map([
    ['kernel', manifest.kernel.bytes],
    ['agent', manifest.agent.bytes],
    ['firmware', manifest.bios.bytes + manifest.vgaBios.bytes],
    ['root', diskBytes(manifest.root)],
    ['scratch', diskBytes(manifest.scratch)],
  ]);
}

/** A line for each part whose size has changed, with both sizes. */
export function compareSizes(before: Manifest, now: Manifest): string[] {
  const old = sizesOf(before);
  const lines = [...sizesOf(now)].flatMap(([part, bytes]) => {
    const change = bytes - (old.get(part) ?? 0);
    if (!change) return [];
    const sign = change > 0 ? '+' : '';
    return [`${part}: ${old.get(part) ?? 0} bytes before, ${bytes} now (${sign}${change})`];
  });
  return lines.length ? lines : ['all parts are as large as before'];
}
