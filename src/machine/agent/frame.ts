/**
 * Frames on the serial line between the page and the guest's agent: a nine-byte header, then the
 * payload. guest/agent/frame.h is the agent's side; it documents each type.
 */

export const PROTOCOL_VERSION = 6;
export const MAX_PAYLOAD = 4096;
export const HEADER = 9;
export const SYNC = 0xc5;
export const CHECK = 0x5a;

export const FrameType = {
  hello: 1,
  ping: 2,
  credit: 3,
  open: 16,
  input: 17,
  resize: 18,
  close: 19,
  prepared: 20,
  put: 21,
  get: 22,
  observe: 23,
  clock: 24,
  mode: 25,
  output: 32,
  reading: 33,
  prompt: 34,
  more: 35,
  exit: 36,
  error: 37,
  report: 38,
  busy: 39,
  listening: 40,
} as const;

/** Sends a frame in the current epoch; splits a long payload into several frames. */
export type SendFrame = (type: number, stream: number, payload?: Uint8Array) => void;

export interface Frame {
  type: number;
  epoch: number;
  stream: number;
  payload: Uint8Array;
}

function checkOf(header: Uint8Array): number {
  let check = CHECK;
  for (let i = 0; i < HEADER - 1; i++) check ^= header[i] ?? 0;
  return check;
}

/** The bytes of a frame. Throws a RangeError for a payload over MAX_PAYLOAD. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const { type, epoch, stream, payload } = frame;
  if (payload.length > MAX_PAYLOAD)
    throw new RangeError(`A frame cannot hold ${payload.length} bytes.`);
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = SYNC;
  bytes[1] = type;
  view.setUint16(2, epoch, true);
  view.setUint16(4, stream, true);
  view.setUint16(6, payload.length, true);
  bytes[8] = checkOf(bytes);
  bytes.set(payload, HEADER);
  return bytes;
}

/** More zeros than any frame has bytes, so that a reader completes or drops a partial frame. */
export function resynchronisation(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(HEADER + MAX_PAYLOAD);
}

/** Parses frames from a stream of bytes in arbitrary chunks. Skips bytes that cannot begin a frame. */
export class FrameReader {
  #kept = new Uint8Array(0);

  /** Adds bytes, and returns the frames that are now complete. */
  read(bytes: Uint8Array): Frame[] {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    const view = new DataView(all.buffer);
    const frames: Frame[] = [];
    let at = 0;
    while (at < all.length) {
      if (all[at] !== SYNC) {
        at++;
        continue;
      }
      if (all.length - at < HEADER) break;
      const length = view.getUint16(at + 6, true);
      if (all[at + 8] !== checkOf(all.subarray(at, at + HEADER)) || length > MAX_PAYLOAD) {
        at++;
        continue;
      }
      if (all.length - at < HEADER + length) break;
      frames.push({
        type: all[at + 1] ?? 0,
        epoch: view.getUint16(at + 2, true),
        stream: view.getUint16(at + 4, true),
        payload: all.slice(at + HEADER, at + HEADER + length),
      });
      at += HEADER + length;
    }
    this.#kept = all.slice(at);
    return frames;
  }

  /** Drops a partial frame, after a restore. */
  reset(): void {
    this.#kept = new Uint8Array(0);
  }
}
