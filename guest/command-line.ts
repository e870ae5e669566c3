/** What the kernel of an image is started with. */
import type { ImageRecipe } from './images/image-recipe.ts';
import type { BuiltLayer } from './pack.ts';

/**
 * The options of the recipe, and for the agent, which gets them as variables of its environment, what it has
 * to mount (bootparam(7)): `layers`, the squashfs of each layer, and `scratch`, a disk and where it belongs.
 */
export function commandLine(
  { kernelOptions, root, scratch }: Pick<ImageRecipe, 'kernelOptions' | 'root' | 'scratch'>,
  layers: readonly BuiltLayer[],
): string {
  return [
    ...kernelOptions,
    `layers=${layers.map(() => `/dev/${root.device}`).join(',')}`,
    ...(scratch ? [`scratch=/dev/${scratch.device}:${scratch.mountPoint}`] : []),
  ].join(' ');
}
