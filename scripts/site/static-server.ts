// A small static file server. It does no more than a host of static pages, so that a local test shows the same.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import {
  answerPending,
  imageOfPath,
  type PendingSnapshot,
} from '../../src/machine/image/pending-snapshot.ts';
import { findAnswer, type Site } from './site-files.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml; charset=utf-8',
};
/** Files with a hash of their content in their names. */
const hashed = /[\\/](?:_astro[\\/]|machine[\\/].+\.bin$)/;
const compressed = /^(?:text\/|application\/(?:json|wasm|xml)|image\/svg)/;
const firstPort = 4321;
const portsTried = 20;

/** A site, and the port of its server. */
export interface ServerOptions extends Site {
  port?: number | undefined;
  /** The snapshots that are still being made. */
  pending?: { of: (image: string) => PendingSnapshot | undefined } | undefined;
}

/** Reads the option --port. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`The port \`${text}\` is not a number from 0 to 65535. Correct --port.`);
}

/** Serves to this computer only, on the given port or on the first free one from 4321. */
export async function startServer(
  options: ServerOptions,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    respond(options, request, response).catch((error: Error) => {
      console.error(`${request.url}: ${error.message}`);
      response.destroy(error);
    });
  });
  const first = options.port ?? firstPort;
  const last = options.port === undefined ? first + portsTried : first;
  for (let port = first; port <= last; port += 1) {
    const used = await listen(server, port);
    if (used) return { url: `http://localhost:${used}${options.basePath}/`, server };
  }
  const range = first === last ? `Port ${first} is` : `Ports ${first} to ${last} are`;
  throw new Error(`${range} in use. Choose another one with --port.`);
}

async function respond(site: ServerOptions, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const image = imageOfPath(pathname);
  const pending = image === undefined ? undefined : site.pending?.of(image);
  if (pending) {
    const { status, headers, body } = answerPending(pending);
    response.writeHead(status, headers).end(body);
    return;
  }
  const answer = await findAnswer(site, pathname);
  if (answer.kind === 'redirect') {
    response.writeHead(301, { Location: answer.to + search }).end();
    return;
  }
  if (answer.kind === 'file') return await send(answer.path, 200, request, response);
  const page = join(site.folder, '404.html');
  const hasPage = await stat(page).catch(() => undefined);
  if (hasPage) return await send(page, 404, request, response);
  response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
}

async function send(
  path: string,
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const type = types[extname(path)] ?? 'application/octet-stream';
  const gzip = compressed.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const length = gzip ? {} : { 'Content-Length': (await stat(path)).size };
  response.writeHead(status, {
    'Content-Type': type,
    // As on GitHub Pages, but a page that was built again shows at once.
    'Cache-Control': hashed.test(path) ? 'max-age=600' : 'no-cache',
    ...(gzip ? { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } : {}),
    ...length,
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stages = gzip
    ? [createReadStream(path), createGzip(), response]
    : [createReadStream(path), response];
  // A reader who leaves the page closes the connection, which is not an error.
  pipeline(stages, () => undefined);
}

function listen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE') done(undefined);
      else
        fail(
          new Error(`Port ${port} cannot be used (${error.code}). Choose another one with --port.`),
        );
    };
    const onListening = () => {
      server.off('error', onError);
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, '127.0.0.1');
  });
}
