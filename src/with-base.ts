/**
 * An address below the site's base path, which may end in a slash or not.
 * Returns addresses that need no base unchanged.
 */
export function withBase(address: string, basePath: string): string {
  const base = basePath.replace(/\/$/, '');
  const isRootRelative = address.startsWith('/') && !address.startsWith('//');
  const hasBase = address === base || address.startsWith(`${base}/`);
  return isRootRelative && !hasBase ? base + address : address;
}

/** The storage key of the reader's progress. All GitHub Pages sites of a user share one storage, so it contains the base. */
export function progressKey(basePath: string): string {
  return `${basePath} progress`;
}

/** The folder with the files of all images, on the site. In the project it is `machineFolder` of paths.ts. */
export const MACHINE_ADDRESS = '/machine/';

/** The name of the meta element with the image of a page. A page without one uses the default image. */
export const IMAGE_META = 'machine-image';
