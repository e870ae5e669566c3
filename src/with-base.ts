/**
 * An address under the base path of the site, which may be given with or without a slash at its end.
 * Addresses that need no base are returned as they are.
 */
export function withBase(address: string, basePath: string): string {
  const base = basePath.replace(/\/$/, '');
  const isRootRelative = address.startsWith('/') && !address.startsWith('//');
  const hasBase = address === base || address.startsWith(`${base}/`);
  return isRootRelative && !hasBase ? base + address : address;
}
