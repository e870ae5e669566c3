/** What the kernel of an image is started with. */
import type { ImageRecipe } from './images/image-recipe.ts';
import { PART_BYTES } from './pack.ts';
import type { BuiltLayer } from './pack.ts';

/**
 * The options of the recipe, and two things more. The kernel learns where the layers lie on the disk, each in
 * whole parts (Documentation/block/cmdline-partition.rst); a loop device would cache their pages twice. The agent
 * learns what to mount, from variables of its environment (bootparam(7)): `layers`, the squashfs of each layer,
 * and `scratch`, a disk and where it belongs.
 */
export function commandLine(
  { kernelOptions, root, scratch }: Pick<ImageRecipe, 'kernelOptions' | 'root' | 'scratch'>,
  layers: readonly BuiltLayer[],
): string {
  return [
    ...kernelOptions,
    `blkdevparts=${root.device}:${layers.map(partition).join(',')}`,
    `layers=${layers.map((_, i) => `/dev/${root.device}${i + 1}`).join(',')}`,
    ...(scratch ? [`scratch=/dev/${scratch.device}:${scratch.mountPoint}`] : []),
  ].join(' ');
}

function partition({ name, bytes }: BuiltLayer): string {
  const kibibytes = (Math.ceil(bytes.length / PART_BYTES) * PART_BYTES) / 1024;
  return `${kibibytes}k(${name})`;
}
