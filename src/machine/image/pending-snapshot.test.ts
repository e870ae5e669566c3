import { expect, test } from 'vitest';
import { downloader } from './download.ts';
import { StillMaking } from './fetch-once.ts';
import { answerPending, imageOfPath } from './pending-snapshot.ts';
import type { PendingSnapshot } from './pending-snapshot.ts';
import { downloadStart } from './start-files.ts';
import type { StartProgress } from './start-files.ts';
import type { MachineError } from '../errors.ts';

/** Downloads from a server that has these snapshots pending, one after the other, and then answers. */
function setUp(...pending: PendingSnapshot[]) {
  const waits: number[] = [];
  const download = downloader({
    fetch: async () => {
      const next = pending.shift();
      if (!next) return Response.json({ made: true });
      const { body, ...init } = answerPending(next);
      return new Response(body, init);
    },
    after: (ms, call) => {
      const timer = setTimeout(() => {
        waits.push(ms);
        call();
      }, ms / 1000);
      return () => clearTimeout(timer);
    },
    onOnline: () => () => {},
  });
  const read = (onRetry: (error: MachineError) => void, signal?: AbortSignal): Promise<string> =>
    download('/machine/big/snapshot.json', (bytes) => new TextDecoder().decode(bytes), {
      onRetry,
      signal,
    });
  return { waits, read };
}

test('a download waits until the snapshot is made, however long that takes', async () => {
  const steps = Array.from({ length: 50 }, (_, done) => ({ done, of: 50 }));
  const { waits, read } = setUp(...steps);
  const seen: unknown[] = [];
  const made = await read((error) => seen.push(error instanceof StillMaking && error.steps));
  expect(made).toBe('{"made":true}');
  expect(seen).toEqual(steps);
  expect(new Set(waits)).toEqual(new Set([2000]));
});

test('a snapshot that cannot be made fails at once, with the reason', async () => {
  const { read } = setUp({ done: 1, of: 2 }, { failed: 'The kernel panicked.' });
  const seen: string[] = [];
  await expect(read(({ failure }) => seen.push(failure))).rejects.toMatchObject({
    failure: 'NotMade',
    message: 'The kernel panicked.',
  });
  expect(seen).toHaveLength(1);
});

test('the wait can be cancelled', async () => {
  const { read } = setUp(...Array.from({ length: 9 }, () => ({ done: 0, of: 0 })));
  const stop = new AbortController();
  const begun = read(() => stop.abort(new Error('cancelled')), stop.signal);
  await expect(begun).rejects.toThrow('cancelled');
});

test('the progress of a start has the steps until the download begins', async () => {
  const { read } = setUp({ done: 3, of: 7 });
  const file = { bytes: 10, sha256: '0'.repeat(64) };
  const entry = { file: 'big/snapshot.bin', ...file, engine: { version: '1', ...file } };
  const reports: StartProgress[] = [];
  await downloadStart(
    {
      image: 'big',
      engineVersion: '1',
      files: {
        readJson: async (_, { onRetry } = {}) => {
          await read(onRetry ?? (() => {}));
          return entry;
        },
        read: async () => new Uint8Array(10),
        readEngine: async (check) => (await check, new Uint8Array(10)),
      },
    },
    { signal: new AbortController().signal, onProgress: (value) => reports.push(value) },
  );
  expect(reports.map(({ making }) => making)).toEqual([{ done: 3, of: 7 }, undefined]);
});

test.each([
  ['/machine/docker/snapshot.json', 'docker'],
  ['/course/machine/docker/snapshot.json', 'docker'],
  ['/machine/docker/snapshot-0a1b.bin', undefined],
  ['/machine/images.json', undefined],
])('%s is the entry of %s', (path, image) => {
  expect(imageOfPath(path)).toBe(image);
});
