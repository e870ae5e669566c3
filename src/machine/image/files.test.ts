import { afterEach, expect, test, vi } from 'vitest';
import { MachineError } from '../errors.ts';
import { downloader } from './download.ts';
import { STALL_BYTES, STALL_MS } from './fetch-once.ts';
import type { DownloadEffects } from './fetch-once.ts';
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
  const online = new Set<() => void>();
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
    onOnline: (call) => {
      online.add(call);
      return () => void online.delete(call);
    },
  };
  const urls = { machine: '/base/machine/', engine: '/base/v86.wasm' };
  return { asked, waits, ended, online, files: httpFiles(urls, downloader(effects), sha256) };
}

test('a complete request is not aborted, which would keep its answer out of the cache', async () => {
  const { files, ended } = setUp();
  await files.read(entry);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(ended).toEqual([]);
});

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
  const { files } = setUp(bad, bad, bad, bad);
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

afterEach(() => vi.useRealTimers());

/** Sends a body of this many bytes in pieces, one each tenth of the time after which a download has stalled. */
function dripping(size: number, piece: number): Answer {
  return (init) =>
    new Response(
      new ReadableStream({
        async start(stream) {
          for (let at = 0; at < size && !init.signal?.aborted; at += piece) {
            await new Promise((resolve) => setTimeout(resolve, STALL_MS / 1000));
            stream.enqueue(new Uint8Array(Math.min(piece, size - at)));
          }
          if (!init.signal?.aborted) stream.close();
        },
      }),
    );
}
const large = new Uint8Array(4 * STALL_BYTES);
const largeEntry = { file: 'large.bin', bytes: large.length, sha256: await sha256(large) };

test('a slow download continues as long as enough bytes arrive', async () => {
  vi.useFakeTimers();
  const { files, asked } = setUp(dripping(large.length, STALL_BYTES / 5));
  const read = files.read(largeEntry);
  await vi.advanceTimersByTimeAsync(STALL_MS);
  expect(await read).toEqual(large);
  expect(asked).toHaveLength(1);
});

test('a download that only drips has stalled', async () => {
  vi.useFakeTimers();
  const { files, asked, waits } = setUp(
    dripping(large.length, STALL_BYTES / 20),
    () => new Response(large),
  );
  const read = files.read(largeEntry);
  await vi.advanceTimersByTimeAsync(STALL_MS);
  expect(await read).toEqual(large);
  expect(asked).toHaveLength(2);
  expect(waits).toEqual([STALL_MS, 300]);
});

/** Sends a body and then keeps the connection open, or goes on sending. */
const open =
  (body: Uint8Array<ArrayBuffer>, isEndless = false): Answer =>
  () =>
    new Response(
      new ReadableStream({
        start: (stream) => stream.enqueue(body),
        pull: (stream) => (isEndless ? stream.enqueue(body) : new Promise<void>(() => {})),
      }),
    );

test('a file is complete with its last byte, even if the connection stays open', async () => {
  const { files, waits, ended } = setUp(open(bytes));
  expect(await files.read(entry)).toEqual(bytes);
  expect(waits).toEqual([]);
  await expect.poll(() => ended).toEqual([true]);
});

test('a body that is longer than its entry says is a damaged file', async () => {
  const { files, asked } = setUp(open(new Uint8Array(bytes.length + 1), true));
  expect(await files.read(entry)).toEqual(bytes);
  expect(asked).toHaveLength(2);
});

test('a body of unknown size that does not end is a damaged file', async () => {
  const endless = open(new Uint8Array(1e6), true);
  const { files } = setUp(endless, endless, endless);
  await expect(files.readJson('snapshot.json')).rejects.toMatchObject({
    failure: 'CorruptFile',
    message: 'snapshot.json has more than 16000000 bytes.',
  });
});

test('a patient read goes on through minutes without a network', async () => {
  const { files, asked } = setUp(...Array.from({ length: 12 }, () => offline));
  expect(await files.read(entry, { isPatient: true })).toEqual(bytes);
  expect(asked).toHaveLength(13);
});

test('a file that arrives damaged after an outage is requested again', async () => {
  const login: Answer = () => new Response('<!doctype html>');
  const { files, asked } = setUp(offline, offline, offline, offline, login);
  expect(await files.read(entry, { isPatient: true })).toEqual(bytes);
  expect(asked).toHaveLength(6);
});

test.each([400, 403])('status %d is final', async (status) => {
  const { files, asked } = setUp(() => new Response('', { status }));
  await expect(files.read(entry, { isPatient: true })).rejects.toMatchObject({
    failure: 'NetworkFailed',
  });
  expect(asked).toHaveLength(1);
});

test('a slow answer leaves the body its full time', async () => {
  vi.useFakeTimers();
  const late: Answer = async (init) => {
    await new Promise((resolve) => setTimeout(resolve, (STALL_MS / 100) * 0.9));
    return dripping(large.length, STALL_BYTES / 5)(init);
  };
  const { files, asked } = setUp(late);
  const read = files.read(largeEntry);
  await vi.advanceTimersByTimeAsync(STALL_MS);
  expect(await read).toEqual(large);
  expect(asked).toHaveLength(1);
});

test('a network that comes back ends the wait', async () => {
  const { files, waits, online } = setUp(...Array.from({ length: 4 }, () => offline));
  const read = files.read(entry, { isPatient: true });
  await expect.poll(() => waits).toEqual([300, 1500, 5000]);
  await expect.poll(() => online.size).toBe(1);
  for (const call of online) call();
  expect(await read).toEqual(bytes);
  expect(waits).toEqual([300, 1500, 5000]);
  expect(online.size).toBe(0);
});

test.each([
  ['2', 2000],
  ['86400', 60_000],
  ['soon', 300],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 300],
])('after “Retry-After: %s” it waits %d ms', async (value, ms) => {
  const busy: Answer = () => new Response('', { status: 503, headers: { 'Retry-After': value } });
  const { files, waits } = setUp(busy);
  expect(await files.read(entry)).toEqual(bytes);
  expect(waits).toEqual([ms]);
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
  await expect(files.readJson('snapshot.json')).rejects.toMatchObject({
    failure: 'CorruptFile',
    message: 'snapshot.json is not JSON.',
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
