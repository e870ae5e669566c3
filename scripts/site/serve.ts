// Serves the built site as its host does: under the base path, compressed, with its 404 page.
import { parseArgs } from 'node:util';
import { startServer } from './static-server.ts';
import { basePath } from '../../src/site.ts';

const { values } = parseArgs({
  options: { port: { type: 'string' }, dist: { type: 'string', default: 'dist' } },
});
const asked = values.port === undefined ? undefined : Number(values.port);
const { url } = await startServer({ folder: values.dist, basePath, port: asked });
console.log(`The course is at ${url}  (Ctrl-C stops it.)`);
