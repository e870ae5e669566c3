// The Debian packages of the images.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineFolder } from '../paths.ts';

/** A package of an image, as guest/packages.ts writes it. */
export interface ImagePackage {
  name: string;
  version: string;
  source: string;
  sourceVersion: string;
  licences: string[];
}

/** All packages of an image. */
export function readPackages(image: string, folder = machineFolder): ImagePackage[] {
  const text = readFileSync(join(folder, image, 'packages.json'), 'utf8');
  return JSON.parse(text) as ImagePackage[];
}

/** The packages that an image has beside those of another one; undefined if it lacks some of them. */
export function packagesBeyond(
  own: readonly ImagePackage[],
  others: readonly ImagePackage[],
): ImagePackage[] | undefined {
  const keyOf = ({ name, version }: ImagePackage): string => `${name} ${version}`;
  const [has, known] = [new Set(own.map(keyOf)), new Set(others.map(keyOf))];
  if (!known.isSubsetOf(has)) return undefined;
  return own.filter((each) => !known.has(keyOf(each)));
}
