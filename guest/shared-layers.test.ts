/** Images that list the same layer share its parts, so that a reader who has one image has much of the other. */
import { expect, test } from 'vitest';
import type { ImageEntry } from '../src/machine/image/manifest.ts';
import { imageNames } from '../src/machine/image/image-names.ts';
import { readImage } from '../src/machine/image/read-image.ts';
import { nodeEffects } from '../src/machine/node-machine.ts';
import { machineFolder } from '../src/paths.ts';

const images = new Map(
  await Promise.all(
    imageNames().map(async (name) => {
      const image = await readImage(nodeEffects(machineFolder, name));
      return [name, image] as const;
    }),
  ),
);

/** The layers of the first disk, each with the hashes of its parts. */
function layersOf({ disks: [root] }: ImageEntry): Map<string, string> {
  const hashes = ({ parts }: NonNullable<typeof root>['layers'][number]): string =>
    parts.map((part) => part?.sha256 ?? 'zeros').join();
  return new Map(root?.layers.map((layer) => [layer.name, hashes(layer)]));
}

/** The layers that two images have in common, but with other parts. */
function findUnshared(known: ReadonlyMap<string, ImageEntry>): string[] {
  const seen = new Map<string, { image: string; parts: string }>();
  return [...known].flatMap(([image, entry]) =>
    [...layersOf(entry)].flatMap(([layer, parts]) => {
      const first = seen.get(layer);
      seen.set(layer, first ?? { image, parts });
      return first && first.parts !== parts ? [`${layer} of ${first.image} and ${image}`] : [];
    }),
  );
}

test('the images share the parts of the layers that they have in common', () => {
  const hint = 'Build both images from the same sources: npm run guest:build -- IMAGE';
  expect(findUnshared(images), hint).toEqual([]);
});

test('a layer with another part is found', () => {
  const [[name, image] = []] = images;
  const changed = structuredClone(image);
  const layer = changed?.disks[0]?.layers[1];
  if (!name || !image || !changed || !layer) throw new Error('The image has too few layers.');
  layer.parts[0] = null;
  const both = new Map([
    [name, image],
    ['changed', changed],
  ]);
  expect(findUnshared(both)).toEqual([`${layer.name} of ${name} and changed`]);
});
