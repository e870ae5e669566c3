import { expect, test } from 'vitest';
import { httpFiles } from './files.ts';
import type { HttpEffects } from './files.ts';
import { sha256 } from './hash.ts';

const bytes = new TextEncoder().encode('a part of the machine');
const entry = { file: 'part.bin', bytes: bytes.length, sha256: await sha256(bytes) };

type Answer = () => Response | Promise<Response>;
const good: Answer = () => new Response(bytes);
const offline: Answer = () => Promise.reject(new TypeError('no network'));

function setUp(...answers: Answer[]) {
  const asked: { url: string; cache: RequestCache | undefined }[] = [];
  const waits: number[] = [];
  const effects: HttpEffects = {
    fetch: async (url, init) => {
      asked.push({ url, cache: init.cache });
      return (answers.shift() ?? good)();
    },
    sha256,
    wait: async (ms, signal) => {
      waits.push(ms);
      signal?.throwIfAborted();
    },
  };
  return { asked, waits, files: httpFiles('/base/machine/', effects) };
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
  ['no network', offline],
  ['a server error', () => new Response('', { status: 503 })],
  ['a truncated file', () => new Response(bytes.slice(1))],
  ['a damaged file', () => new Response(bytes.map((byte) => byte ^ 1))],
])('retries after %s, bypassing the cache', async (_, bad) => {
  const { files, asked, waits } = setUp(bad, bad);
  expect(await files.read(entry)).toEqual(bytes);
  expect(asked.map(({ cache }) => cache)).toEqual(['default', 'reload', 'reload']);
  expect(waits).toEqual([300, 1500]);
});

test.each([
  ['NetworkFailed', offline],
  ['NetworkFailed', () => new Response('', { status: 503 })],
  ['CorruptFile', () => new Response(bytes.slice(1))],
  ['CorruptFile', () => new Response(bytes.map((byte) => byte ^ 1))],
])('fails with %s after the last retry', async (failure, bad) => {
  const { files } = setUp(bad, bad, bad);
  await expect(files.read(entry)).rejects.toMatchObject({ failure });
});

test('does not retry a missing file', async () => {
  const { files, asked } = setUp(() => new Response('', { status: 404 }));
  await expect(files.read(entry)).rejects.toMatchObject({ failure: 'MissingFile' });
  expect(asked).toHaveLength(1);
});

test('an aborted read rejects with its signal’s reason', async () => {
  const stop = new AbortController();
  const { files } = setUp(() => {
    stop.abort(new Error('left the page'));
    throw new TypeError('aborted');
  });
  await expect(files.read(entry, { signal: stop.signal })).rejects.toThrow('left the page');
});

test('revalidates cached JSON files', async () => {
  const { files, asked } = setUp(() => Response.json({ a: 1 }));
  expect(await files.readJson('manifest.json')).toEqual({ a: 1 });
  expect(asked[0]?.cache).toBe('no-cache');
});
