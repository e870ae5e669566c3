/** Compares the sizes of an image before and after a build. */
import type { ImageEntry } from '../src/machine/image/manifest.ts';

/** Compressed bytes, by kernel, agent, firmware and layer. */
export function sizesOf(image: ImageEntry): Map<string, number> {
  const layers = image.disks.flatMap((disk) => disk.layers);
  return new Map([
    ['kernel', image.kernel.bytes],
    ['agent', image.initrd.bytes],
    ['firmware', image.bios.bytes + image.vgaBios.bytes],
    ...layers.map(({ name, parts }): [string, number] => [
      name,
      parts.reduce((sum, part) => sum + (part?.bytes ?? 0), 0),
    ]),
  ]);
}

/** A line for each entry whose size has changed, with both sizes. Without `before`, all are new. */
export function compareSizes(
  before: ReadonlyMap<string, number> = new Map(),
  now: ReadonlyMap<string, number>,
): string[] {
  const names = [...new Set([...before.keys(), ...now.keys()])];
  const lines = names.flatMap((name) => {
    const [old, bytes] = [before.get(name) ?? 0, now.get(name) ?? 0];
    const sign = bytes > old ? '+' : '';
    return bytes === old
      ? []
      : [`${name}: ${old} bytes before, ${bytes} now (${sign}${bytes - old})`];
  });
  return lines.length ? lines : ['all sizes are as before'];
}
