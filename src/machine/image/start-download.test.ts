import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MachineError } from '../errors.ts';
import { KEEP_MS, StartDownload } from './start-download.ts';
import type { StartFiles, StartOptions } from './start-files.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const files = { snapshot: {} } as StartFiles;

/** A download, and the requests that it makes. The test ends each of them. */
function setUp() {
  const requests: (StartOptions & {
    resolve: (files: StartFiles) => void;
    reject: (reason: Error) => void;
  })[] = [];
  const download = new StartDownload(
    (options) =>
      new Promise((resolve, reject) => {
        options.signal.addEventListener('abort', () => reject(options.signal.reason as Error));
        requests.push({ ...options, resolve, reject });
      }),
  );
  return { download, requests };
}

test('a start takes over a download in the middle, with its progress so far', async () => {
  const { download, requests } = setUp();
  const giveUp = download.fetchAhead();
  requests[0]?.onProgress({ loaded: 2, total: 4 });
  const taken = download.take();
  giveUp();
  const seen: number[] = [];
  taken.progress.subscribe(({ loaded }) => seen.push(loaded));
  requests[0]?.onProgress({ loaded: 3, total: 4 });
  requests[0]?.resolve(files);
  expect(await taken.files).toBe(files);
  expect(seen).toEqual([2, 3]);
  expect(requests).toHaveLength(1);
});

test('a start takes over a complete download', async () => {
  const { download, requests } = setUp();
  const giveUp = download.fetchAhead();
  requests[0]?.resolve(files);
  await vi.advanceTimersByTimeAsync(KEEP_MS - 1);
  giveUp();
  expect(await download.take().files).toBe(files);
  // A start owns the download that it has taken.
  download.take();
  expect(requests).toHaveLength(2);
});

test('a download without any wish is aborted, and the next one begins anew', () => {
  const { download, requests } = setUp();
  const [first, second] = [download.fetchAhead(), download.fetchAhead()];
  first();
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([false]);
  second();
  second();
  download.fetchAhead();
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

test('a failure is silent, and the next start downloads again', async () => {
  const { download, requests } = setUp();
  download.fetchAhead();
  requests[0]?.reject(new MachineError('NetworkFailed', 'for the test'));
  await vi.advanceTimersByTimeAsync(0);
  const { files: taken } = download.take();
  requests[1]?.resolve(files);
  expect(await taken).toBe(files);
});

test('the late failure of a download that was given up does not end a later one', async () => {
  const { download, requests } = setUp();
  download.fetchAhead()();
  download.fetchAhead();
  await vi.advanceTimersByTimeAsync(0);
  download.take();
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

test('a caller whose download a start has taken over does not end a later download', () => {
  const { download, requests } = setUp();
  const giveUp = download.fetchAhead();
  download.take();
  download.fetchAhead();
  giveUp();
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([false, false]);
});

test('complete files that no start uses are dropped', async () => {
  const { download, requests } = setUp();
  download.fetchAhead();
  requests[0]?.resolve(files);
  await vi.advanceTimersByTimeAsync(KEEP_MS);
  download.take();
  expect(requests).toHaveLength(2);
});

test('a drop ends what is downloaded, and begins nothing', () => {
  const { download, requests } = setUp();
  download.drop();
  expect(requests).toEqual([]);
  download.fetchAhead();
  download.drop();
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([true]);
});
