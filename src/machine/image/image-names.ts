/** The names of the committed images. For Node only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineFolder } from '../../paths.ts';
import { DEFAULT_IMAGE } from './default-image.ts';

/** The names of all images in a machine's folder, the default one first. */
export function imageNames(folder = machineFolder): string[] {
  const text = readFileSync(join(folder, 'images.json'), 'utf8');
  const names = Object.keys((JSON.parse(text) as { images: object }).images);
  return [DEFAULT_IMAGE, ...names.filter((name) => name !== DEFAULT_IMAGE)];
}

/** All of them except the default one. */
export function otherImages(folder?: string): string[] {
  return imageNames(folder).slice(1);
}
