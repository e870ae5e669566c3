/** The kernel command line of an image. */
import type { ImageRecipe } from './images/image-recipe.ts';
import type { BuiltLayer } from './pack.ts';

/**
 * The options of the recipe, the positions of the layers on the disk, and the mounts for the agent. Each layer
 * is a partition of whole parts (Documentation/block/cmdline-partition.rst); a loop device would cache its pages twice. The agent
 * gets a variable in its environment (bootparam(7)): `layers`, the squashfs of each layer.
 */
export function commandLine(
  { kernelOptions, root }: Pick<ImageRecipe, 'kernelOptions' | 'root'>,
  layers: readonly BuiltLayer[],
): string {
  return [
    ...kernelOptions,
    `blkdevparts=${root.device}:${layers.map(partition).join(',')}`,
    `layers=${layers.map((_, i) => `/dev/${root.device}${i + 1}`).join(',')}`,
  ].join(' ');
}

function partition({ name, bytes, partBytes }: BuiltLayer): string {
  const kibibytes = (Math.ceil(bytes.length / partBytes) * partBytes) / 1024;
  return `${kibibytes}k(${name})`;
}
