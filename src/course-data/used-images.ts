// The images on which pages run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_IMAGE } from '../machine/image/default-image.ts';
import { imageNames } from '../machine/image/image-names.ts';
import { top } from '../paths.ts';
import { findPages } from './read-pages.ts';

/**
 * The images that pages below `root` name. Reads only that line of each page: the check of the content reports its
 * mistakes.
 */
export function namedImages(root = top): Set<string> {
  const named = findPages(root).map((file) => {
    const [, fields = ''] = /^---\n([^]*?)\n---/.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    return /^image: *["']?([\w-]+)/m.exec(fields)?.[1];
  });
  return new Set(named.filter((image) => image !== undefined));
}

/** The committed images that the site needs: the default one first, then those that pages name. */
export function usedImages(names = imageNames(), named = namedImages()): string[] {
  return names.filter((name) => name === DEFAULT_IMAGE || named.has(name));
}
