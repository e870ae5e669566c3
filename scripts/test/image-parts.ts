// The parts that verify the pages of each image.
import { namedImages } from '../../src/course-data/used-images.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import { otherImages } from '../../src/machine/image/image-names.ts';
import type { Part } from './part.ts';

/** The image's parts have this name, and names that begin with it. */
const nameOf = (image: string): string => (image === DEFAULT_IMAGE ? 'verify' : image);

function verifyCommand(image: string, pass: string | undefined, more: readonly string[]): string[] {
  const first = `.cache/${nameOf(image)}`;
  const file = pass === undefined ? first : `${first}-${pass}`;
  const files = ['--json', `${file}.json`, '--junit', `${file}.xml`];
  const against = pass === undefined ? [] : ['--against', `${first}.json`];
  const options = ['--all', '--image', image, ...files, ...against, ...more];
  return ['node', 'scripts/verify/verify.ts', ...options];
}

/** The part that verifies the pages of the default image. */
export const verifyPart: Part = {
  name: 'verify',
  minutes: 5,
  needs: ['build'],
  report: 'counts',
  commands: [verifyCommand(DEFAULT_IMAGE, undefined, [])],
};

/** For each other image, the part that makes its snapshot, adds it to the built site, and verifies its pages. */
export function otherImageParts(images = otherImages(), named = namedImages()): Part[] {
  return images.map((image) => {
    // The best compression would take 40 s longer. `npm run build` uses it, and checks the recorded size.
    const snapshot = ['node', 'scripts/site/add-snapshots.ts', image, '--level', '10'];
    const part = { name: image, minutes: 8, needs: ['build'] };
    // An image may come before its first page. Only the full run makes its snapshot.
    if (!named.has(image)) return { ...part, full: true, commands: [snapshot] };
    // The second passes of the full run also run each cell alone.
    const verify = verifyCommand(image, undefined, ['--quick']);
    return { ...part, report: 'counts', commands: [snapshot, verify] };
  });
}

/** A second pass over the pages of each image, whose results are compared with those of the first. */
export function secondPasses(
  pass: string,
  more: readonly string[] = [],
  images = otherImages(),
  named = namedImages(),
): Part[] {
  const withPages = [DEFAULT_IMAGE, ...images.filter((image) => named.has(image))];
  return withPages.map((image) => ({
    name: `${nameOf(image)}-${pass}`,
    minutes: 8,
    full: true,
    // The part of another image makes its snapshot.
    needs: image === DEFAULT_IMAGE ? ['build'] : ['build', image],
    report: 'counts',
    commands: [verifyCommand(image, pass, more)],
  }));
}

/** The parts that build each image from the sources, kernel included, and compare it with the committed one. */
export function rebuildParts(images = otherImages()): Part[] {
  return [DEFAULT_IMAGE, ...images].map((image) => ({
    name: image === DEFAULT_IMAGE ? 'rebuild' : `${image}-rebuild`,
    minutes: 40,
    full: true,
    commands: [['bash', 'guest/build.sh', image, '--check']],
  }));
}
