import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPort, startServer } from './static-server.ts';

let folder = '';
let url = '';
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  await writeFile(join(folder, '404.html'), 'nothing here');
  await writeFile(join(folder, 'engine.wasm'), Buffer.alloc(10_000));
  await writeFile(join(folder, 'disk.bin'), Buffer.alloc(10_000));
  await mkdir(join(folder, '_astro'));
  await writeFile(join(folder, '_astro/engine.BshLEa5c.wasm'), '');
  await mkdir(join(folder, 'machine/parts'), { recursive: true });
  await writeFile(join(folder, 'machine/parts/00489f186909ede5.bin'), '');
  ({ url, server } = await startServer({ folder, basePath: '/course', port: 0 }));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test('sends WebAssembly with its type, compressed', async () => {
  const response = await fetch(`${url}engine.wasm`);
  expect(response.headers.get('content-type')).toBe('application/wasm');
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect((await response.arrayBuffer()).byteLength).toBe(10_000);
});

test('sends other data uncompressed, with its length', async () => {
  const response = await fetch(`${url}disk.bin`);
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('content-length')).toBe('10000');
});

test('browsers may keep files with a hash in their names, and ask again for all others', async () => {
  const cached = async (file: string) => (await fetch(url + file)).headers.get('cache-control');
  expect(await cached('disk.bin')).toBe('no-cache');
  expect(await cached('engine.wasm')).toBe('no-cache');
  expect(await cached('_astro/engine.BshLEa5c.wasm')).toBe('max-age=600');
  expect(await cached('machine/parts/00489f186909ede5.bin')).toBe('max-age=600');
});

test('answers a wrong address with the 404 page', async () => {
  const response = await fetch(`${url}nothing`);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('nothing here');
});

test('rejects requests that would change something', async () => {
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
});

test('answers with the progress while the snapshot of an image is being made', async () => {
  const pending = { of: (image: string) => (image === 'big' ? { done: 3, of: 7 } : undefined) };
  const other = await startServer({ folder, basePath: '/course', port: 0, pending });
  const response = await fetch(`${other.url}machine/big/snapshot.json`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.json()).toEqual({ pendingSnapshot: { done: 3, of: 7 } });
  expect((await fetch(`${other.url}machine/small/snapshot.json`)).status).toBe(404);
  expect((await fetch(`${other.url}machine/parts/00489f186909ede5.bin`)).status).toBe(200);
  other.server.close();
});

test('reports that the given port is in use', async () => {
  const port = Number(new URL(url).port);
  await expect(startServer({ folder, basePath: '/course', port })).rejects.toThrow(
    `Port ${port} is in use. Choose another one with --port.`,
  );
});

test.each(['', 'x', '-1', '80.5', '65536', '1e3'])('the port “%s” is rejected', (text) => {
  expect(() => readPort(text)).toThrow('is not a number from 0 to 65535. Correct --port.');
});

test('a port is read', () => {
  expect(readPort('4397')).toBe(4397);
  expect(readPort(undefined)).toBeUndefined();
});
