/** The kernel command line of an image. */
import type { ImageRecipe } from './images/image-recipe.ts';
import { PART_BYTES } from './pack.ts';
import type { BuiltLayer } from './pack.ts';

/**
 * The options of the recipe, the positions of the layers on the disk, and the mounts for the agent. Each layer
 * has whole parts (Documentation/block/cmdline-partition.rst); a loop device would cache their pages twice. The agent
 * gets two variables in its environment (bootparam(7)): `layers`, the squashfs of each layer, and `scratch`, a
 * disk and its mount point.
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
