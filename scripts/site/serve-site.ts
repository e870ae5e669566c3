// Serves the built site as its host does: under the base path, compressed, with its 404 page.
import { parseArgs } from 'node:util';
import { basePath } from '../../src/site.ts';
import type { PendingSnapshots } from './pending-snapshots.ts';
import { readPort, startServer } from './static-server.ts';

/** Serves it and prints its address, or the reason why it cannot be served. Resolves to whether it is served. */
export async function serveSite(
  args: readonly string[],
  pending?: PendingSnapshots,
): Promise<boolean> {
  try {
    const options = {
      port: { type: 'string' },
      dist: { type: 'string', default: 'dist' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const port = readPort(values.port);
    const { url } = await startServer({ folder: values.dist, basePath, port, pending });
    console.log(`The course is at ${url}  (Ctrl-C stops the server.)`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}
