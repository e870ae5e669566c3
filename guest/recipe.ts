/** The hash that ties a committed image to its sources. */
import { createHash } from 'node:crypto';
import { hashTree } from '../src/hash-tree.ts';
import type { ImageRecipe } from './images/image-recipe.ts';

/**
 * Files that do not affect an image: documents, tests, the systems that it is compared with, and code that only
 * reports, checks, or writes a source. An image's recipe and its snapshot are handled separately.
 */
const others = [
  /\.md$|\.test\.ts$/,
  /\/fuzz\//,
  /^(?:baseline|conformance)\//,
  /^(?:check|lock|recipe|sizes|programs\/record-order)\.ts$/,
  /^images\/[^/]+$/,
  /^images\/[^/]+\/(?:image\.ts|snapshot-record\.json)$/,
];

/** SHA-256, in hexadecimal, of all sources of the image; `folder` is guest/. */
export async function recipeHash(
  name: string,
  recipe: ImageRecipe,
  folder: string,
): Promise<string> {
  const { extends: base, memory, kernelOptions, root, scratch } = recipe;
  // Other images, and layers that only they use, leave this one as it is.
  const isSource = (path: string): boolean => {
    const [, layer] = /^layers\/([^/]+)\//.exec(path) ?? [];
    return (
      !others.some((pattern) => pattern.test(path)) &&
      (!path.startsWith('images/') ||
        path.startsWith(`images/${name}/`) ||
        path === `images/${base}/packages`) &&
      (layer === undefined || root.layers.includes(layer))
    );
  };
  return createHash('sha256')
    .update(JSON.stringify({ memory, kernelOptions, root, scratch }))
    .update(await hashTree(folder, ['.'], isSource))
    .digest('hex');
}
