/** Flow control by credit: a sender may send only as many bytes as the receiver has granted. */
import { FrameType } from './frame.ts';
import type { SendFrame } from './frame.ts';

/** The agent's INPUT_WINDOW (guest/agent/session.h). */
export const INPUT_WINDOW = 16384;
export const OUTPUT_WINDOW = 65536;

export function readCount(payload: Uint8Array): number {
  return new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
}

export function writeCount(count: number): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(4);
  new DataView(payload.buffer).setUint32(0, count, true);
  return payload;
}

/** Encodes a time or a duration in milliseconds. */
export function writeTime(ms: number): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(8);
  new DataView(payload.buffer).setBigUint64(0, BigInt(Math.round(ms)), true);
  return payload;
}

/** Sends bytes to the agent as fast as it grants credit. */
export class InputFlow {
  readonly #stream: number;
  readonly #send: SendFrame;
  #waiting: Uint8Array[] = [];
  #credit = INPUT_WINDOW;

  constructor(stream: number, send: SendFrame) {
    this.#stream = stream;
    this.#send = send;
  }

  /** Whether the agent has consumed everything and returned the credit. */
  get isConsumed(): boolean {
    return this.isEmpty && this.#credit >= INPUT_WINDOW;
  }

  /** Whether no bytes wait to be sent. */
  get isEmpty(): boolean {
    return !this.#waiting.length;
  }

  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#flush();
  }

  addCredit(bytes: number): void {
    this.#credit += bytes;
    this.#flush();
  }

  #flush(): void {
    for (let next = this.#waiting[0]; next && this.#credit; next = this.#waiting[0]) {
      const part = next.subarray(0, this.#credit);
      this.#credit -= part.length;
      this.#send(FrameType.input, this.#stream, part);
      if (part.length === next.length) this.#waiting.shift();
      else this.#waiting[0] = next.subarray(part.length);
    }
  }
}

/** Counts the bytes that the agent sends, and returns credit for them. */
export class OutputFlow {
  readonly #stream: number;
  readonly #send: SendFrame;
  /** Bytes consumed since credit was last returned. */
  #due = 0;

  constructor(stream: number, send: SendFrame) {
    this.#stream = stream;
    this.#send = send;
  }

  consume(bytes: number): void {
    this.#due += bytes;
    if (this.#due < OUTPUT_WINDOW / 2) return;
    this.#send(FrameType.credit, this.#stream, writeCount(this.#due));
    this.#due = 0;
  }
}
