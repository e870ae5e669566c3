// Serves the built site as its host does: under the base path, compressed, with its 404 page.
import { parseArgs } from 'node:util';
import { readPort, startServer } from './static-server.ts';
import { basePath } from '../../src/site.ts';

try {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, dist: { type: 'string', default: 'dist' } },
  });
  const port = readPort(values.port);
  const { url } = await startServer({ folder: values.dist, basePath, port });
  console.log(`The course is at ${url}  (Ctrl-C stops the server.)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
