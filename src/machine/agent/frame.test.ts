import { expect, test } from 'vitest';
import { encodeFrame, FrameReader, FrameType, MAX_PAYLOAD, resynchronisation } from './frame.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const frame = (payload: Uint8Array, stream = 3) => ({
  type: FrameType.output,
  epoch: 7,
  stream,
  payload,
});

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

test('reads encoded frames, however the bytes are split', () => {
  const frames = [frame(bytes(1, 2, 3)), frame(bytes()), frame(bytes(0xc5, 0xc5), 65535)];
  const all = join(...frames.map(encodeFrame));
  for (let size = 1; size <= all.length; size++) {
    const reader = new FrameReader();
    const found = [];
    for (let at = 0; at < all.length; at += size)
      found.push(...reader.read(all.subarray(at, at + size)));
    expect(found).toEqual(frames);
  }
});

test('skips bytes that are not a frame', () => {
  const good = encodeFrame(frame(bytes(9)));
  const damaged = encodeFrame(frame(bytes(1)));
  damaged[8] = (damaged[8] ?? 0) ^ 1;
  expect(new FrameReader().read(join(bytes(0xc5, 0, 0xc5), damaged, good))).toEqual([
    frame(bytes(9)),
  ]);
});

test('resynchronisation ends any partial frame', () => {
  const begun = encodeFrame(frame(new Uint8Array(MAX_PAYLOAD)));
  const good = frame(bytes(1));
  for (const cut of [1, 8, 9, 10, begun.length - 1]) {
    const found = new FrameReader().read(
      join(begun.subarray(0, cut), resynchronisation(), encodeFrame(good)),
    );
    expect(found.at(-1)).toEqual(good);
  }
});

test('a payload that is too long is rejected', () => {
  expect(() => encodeFrame(frame(new Uint8Array(MAX_PAYLOAD + 1)))).toThrow(RangeError);
});
