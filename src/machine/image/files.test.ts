import { expect, test } from 'vitest';
import { MachineError } from '../errors.ts';
import { downloader, STALL_MS } from './download.ts';
import type { DownloadEffects } from './download.ts';
import { httpFiles } from './files.ts';
import { sha256 } from './hash.ts';

const bytes = new TextEncoder().encode('a part of the machine');
const entry = { file: 'part.bin', bytes: bytes.length, sha256: await sha256(bytes) };

type Answer = (init: RequestInit) => Response | Promise<Response>;
const good: Answer = () => new Response(bytes);
const offline: Answer = () => Promise.reject(new TypeError('no network'));
const silent: Answer = () => new Promise(() => {});
/** Sends some bytes, and then nothing. */
const stalled: Answer = () =>
  new Response(new ReadableStream({ start: (stream) => stream.enqueue(bytes.slice(0, 5)) }));

/** Files from a server with these answers. Time passes at once when nothing else can happen. */
function setUp(...answers: Answer[]) {
  const asked: { url: string; cache: RequestCache | undefined }[] = [];
  const waits: number[] = [];
  const ended: boolean[] = [];
  const effects: DownloadEffects = {
    fetch: async (url, init) => {
      const index = asked.push({ url, cache: init.cache }) - 1;
      init.signal?.addEventListener('abort', () => (ended[index] = true));
      return (answers.shift() ?? good)(init);
    },
    after: (ms, call) => {
      const timer = setTimeout(() => {
        waits.push(ms);
        call();
      }, ms / 100);
      return () => clearTimeout(timer);
    },
  };
  const urls = { machine: '/base/machine/', engine: '/base/v86.wasm' };
  return { asked, waits, ended, files: httpFiles(urls, downloader(effects), sha256) };
}

test('reads a file with progress', async () => {
  const { files, asked } = setUp();
  const progress: number[] = [];
  const read = await files.read(entry, { onProgress: (loaded) => progress.push(loaded) });
  expect(read).toEqual(bytes);
  expect(progress.at(-1)).toBe(bytes.length);
  expect(asked).toEqual([{ url: '/base/machine/part.bin', cache: 'default' }]);
});

test.each([
  ['no network', 'NetworkFailed', offline],
  ['a server error', 'NetworkFailed', () => new Response('', { status: 503 })],
  ['a truncated file', 'CorruptFile', () => new Response(bytes.slice(1))],
  ['a damaged file', 'CorruptFile', () => new Response(bytes.map((byte) => byte ^ 1))],
])('retries after %s, bypassing the cache, and says why', async (_, failure, bad) => {
  const { files, asked, waits } = setUp(bad, bad);
  const retries: string[] = [];
  const onRetry = (error: { failure: string }) => void retries.push(error.failure);
  expect(await files.read(entry, { onRetry })).toEqual(bytes);
  expect(asked.map(({ cache }) => cache)).toEqual(['default', 'reload', 'reload']);
  expect(waits).toEqual([300, 1500]);
  expect(retries).toEqual([failure, failure]);
});

test.each([
  ['NetworkFailed', offline],
  ['NetworkFailed', () => new Response('', { status: 503 })],
  ['CorruptFile', () => new Response(bytes.slice(1))],
  ['CorruptFile', () => new Response(bytes.map((byte) => byte ^ 1))],
  ['DownloadStalled', silent],
  ['DownloadStalled', stalled],
])('fails with %s after the last retry', async (failure, bad) => {
  const { files } = setUp(bad, bad, bad);
  await expect(files.read(entry)).rejects.toMatchObject({ failure });
});

test.each([
  ['an answer', silent],
  ['the rest', stalled],
])('a server that never sends %s is given up and asked again', async (_, bad) => {
  const { files, asked, waits, ended } = setUp(bad);
  const progress: number[] = [];
  const read = await files.read(entry, { onProgress: (loaded) => progress.push(loaded) });
  expect(read).toEqual(bytes);
  expect(waits).toEqual([STALL_MS, 300]);
  expect(asked).toHaveLength(2);
  expect(ended[0]).toBe(true);
});

test('a slow download continues as long as bytes arrive', async () => {
  const slow: Answer = () =>
    new Response(
      new ReadableStream({
        async start(stream) {
          for (const byte of bytes) {
            await new Promise((resolve) => setTimeout(resolve, STALL_MS / 400));
            stream.enqueue(Uint8Array.of(byte));
          }
          stream.close();
        },
      }),
    );
  const { files, asked } = setUp(slow);
  expect(await files.read(entry)).toEqual(bytes);
  expect(asked).toHaveLength(1);
});

test('does not retry a missing file', async () => {
  const { files, asked } = setUp(() => new Response('', { status: 404 }));
  await expect(files.read(entry)).rejects.toMatchObject({ failure: 'MissingFile' });
  expect(asked).toHaveLength(1);
});

test.each([
  ['silent', silent],
  ['stalled', stalled],
  ['failing', offline],
])('an aborted read of a %s server rejects at once, with the signal’s reason', async (_, bad) => {
  const { files, asked, waits } = setUp(bad, bad);
  const stop = new AbortController();
  const read = expect(files.read(entry, { signal: stop.signal })).rejects.toThrow('left the page');
  await expect.poll(() => asked.length).toBe(1);
  stop.abort(new Error('left the page'));
  await read;
  expect(waits).toEqual([]);
});

test('reads JSON and always revalidates the cache', async () => {
  const { files, asked } = setUp(() => Response.json({ a: 1 }));
  expect(await files.readJson('manifest.json')).toEqual({ a: 1 });
  expect(asked[0]?.cache).toBe('no-cache');
});

test('a page instead of JSON is a damaged file', async () => {
  const page: Answer = () => new Response('<!doctype html>');
  const { files } = setUp(page, page, page);
  await expect(files.readJson('images.json')).rejects.toMatchObject({
    failure: 'CorruptFile',
    message: 'images.json is not JSON.',
  });
});

test('the engine is checked against an entry that becomes known only later', async () => {
  const damaged: Answer = () => new Response(bytes.map((byte) => byte ^ 1));
  const { files, asked } = setUp(damaged);
  const known = Promise.withResolvers<typeof entry>();
  const read = files.readEngine(known.promise);
  await expect.poll(() => asked.length).toBe(1);
  known.resolve(entry);
  expect(await read).toEqual(bytes);
  expect(asked.map(({ url, cache }) => [url, cache])).toEqual([
    ['/base/v86.wasm', 'default'],
    ['/base/v86.wasm', 'reload'],
  ]);
});

test('an engine that cannot be checked is not requested again', async () => {
  const { files, asked } = setUp();
  const unknown = Promise.reject(new MachineError('BadManifest', 'for the test'));
  await expect(files.readEngine(unknown)).rejects.toMatchObject({ failure: 'BadManifest' });
  expect(asked).toHaveLength(1);
});
