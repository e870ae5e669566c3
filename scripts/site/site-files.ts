// Finds the file of a built site for a request path.
import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

/** A built site: its folder and its address. */
export interface Site {
  folder: string;
  /** The folder of the site on its origin, without a trailing slash. */
  basePath: string;
}

/** The answer to a request path. */
export type Answer =
  { kind: 'file'; path: string } | { kind: 'redirect'; to: string } | { kind: 'missing' };

/** Finds the answer to a request path. It is never outside the folder. */
export async function findAnswer({ folder, basePath }: Site, path: string): Promise<Answer> {
  if (path === basePath || (path === '/' && basePath))
    return { kind: 'redirect', to: `${basePath}/` };
  if (!path.startsWith(`${basePath}/`)) return { kind: 'missing' };
  const inside = decodePath(path.slice(basePath.length));
  const root = resolve(folder);
  const target = inside === undefined ? '' : join(root, inside);
  if (target !== join(root, sep) && !target.startsWith(root + sep)) return { kind: 'missing' };

  const found = await stat(target).catch(() => undefined);
  if (found?.isFile()) return { kind: 'file', path: target };
  if (!found?.isDirectory()) return { kind: 'missing' };
  if (!path.endsWith('/')) return { kind: 'redirect', to: `${path}/` };
  const index = join(target, 'index.html');
  const hasIndex = await stat(index).then(
    (file) => file.isFile(),
    () => false,
  );
  return hasIndex ? { kind: 'file', path: index } : { kind: 'missing' };
}

function decodePath(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
}
