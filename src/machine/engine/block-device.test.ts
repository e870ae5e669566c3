import { expect, test } from 'vitest';
import { BlockDevice } from './block-device.ts';

/** A disk of two parts whose reads the test settles. */
function setUp() {
  const reads: { index: number; signal: AbortSignal; arrive: () => void }[] = [];
  const failures: string[] = [];
  const waits: boolean[] = [];
  const disk = new BlockDevice({
    partBytes: [1024, 1024],
    onFailure: ({ message }) => failures.push(message),
    onWait: (isWaiting) => waits.push(isWaiting),
    readPart: (index, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        reads.push({ index, signal, arrive: () => resolve(new Uint8Array(1024).fill(index + 1)) });
      }),
  });
  const got: number[] = [];
  const get = (start: number) => disk.get(start, 512, ([first = 0]) => got.push(first));
  return { disk, reads, failures, waits, got, get };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('finds a position in parts of different lengths', async () => {
  const asked: number[] = [];
  const disk = new BlockDevice({
    partBytes: [1024, 512, 2048],
    onFailure: ({ message }) => expect.fail(message),
    readPart: (index) => {
      asked.push(index);
      return Promise.resolve(new Uint8Array([1024, 512, 2048][index] ?? 0).fill(index + 1));
    },
  });
  const read = (start: number, length: number) =>
    new Promise<Uint8Array>((resolve) => disk.get(start, length, resolve));
  expect(disk.byteLength).toBe(3584);
  expect([...(await read(512, 1536))].filter((_, i) => i % 512 === 0)).toEqual([1, 2, 3]);
  expect(asked).toEqual([0, 1, 2]);
  expect((await read(3072, 512)).every((byte) => byte === 3)).toBe(true);
  expect(asked).toHaveLength(3);
});

test('a restored machine reads again what hung for the machine before', async () => {
  const { disk, reads, failures, waits, got, get } = setUp();
  const clean = disk.get_state();
  get(0);
  disk.set_state(clean);
  expect(reads[0]?.signal.aborted).toBe(true);
  get(0);
  expect(reads.map(({ index }) => index)).toEqual([0, 0]);
  reads[1]?.arrive();
  await settled();
  expect(got).toEqual([1]);
  expect(failures).toEqual([]);
  expect(waits).toEqual([true, false, true, false]);
});

test('a part that is read ahead arrives also for a restored machine', async () => {
  const { disk, reads, got, get } = setUp();
  const ahead = disk.prefetch(1);
  get(1024);
  disk.set_state(disk.get_state());
  expect(reads.map(({ signal }) => signal.aborted)).toEqual([false]);
  reads[0]?.arrive();
  await ahead;
  get(1024);
  expect(got).toEqual([2]);
  await disk.prefetch(1);
  expect(reads).toHaveLength(1);
});

test('says that the guest waits until its last part has arrived', async () => {
  const { reads, waits, get } = setUp();
  get(0);
  get(1024);
  reads[0]?.arrive();
  await settled();
  expect(waits).toEqual([true]);
  reads[1]?.arrive();
  await settled();
  expect(waits).toEqual([true, false]);
});
