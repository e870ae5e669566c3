/** Writes or reads one file of the machine, on its own stream. */
import { StepError } from '../errors.ts';
import { InputFlow, OutputFlow, OUTPUT_WINDOW, readCount } from './flow.ts';
import { FrameType } from './frame.ts';
import type { Frame, SendFrame } from './frame.ts';

/** Larger files are not read. */
const MAX_FILE = 16 << 20;
/** The agent's PATH_BYTES (guest/agent/transfer.c), without the zero at the end. */
export const MAX_PATH = 1023;

/** The part of a file transfer that Transfers uses. */
export interface Transfer {
  handle(frame: Frame): void;
  /** Rejects the transfer; its machine has ended. */
  fail(reason: Error): void;
}

function request(number: number, path: string): Uint8Array {
  const name = new TextEncoder().encode(path);
  if (name.length > MAX_PATH) throw new StepError(`The path is longer than ${MAX_PATH} bytes.`);
  const payload = new Uint8Array(4 + name.length);
  new DataView(payload.buffer).setUint32(0, number, true);
  payload.set(name, 4);
  return payload;
}

/** Writes a file. `done` resolves when the agent has written all of it. */
export class PutFile implements Transfer {
  readonly done: Promise<void>;
  readonly #flow: InputFlow;
  readonly #finish: () => void;
  #resolve: () => void = () => {};
  #reject: (reason: Error) => void = () => {};
  #ended = false;

  constructor(stream: number, send: SendFrame, path: string, bytes: Uint8Array, mode: number) {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#flow = new InputFlow(stream, send);
    this.#finish = () => {
      if (this.#ended || !this.#flow.isEmpty) return;
      this.#ended = true;
      send(FrameType.input, stream);
    };
    send(FrameType.put, stream, request(mode, path));
    if (bytes.length) this.#flow.push(bytes);
    this.#finish();
  }

  handle({ type, payload }: Frame): void {
    if (type === FrameType.exit) return this.#resolve();
    if (type === FrameType.error)
      return this.fail(new StepError(new TextDecoder().decode(payload)));
    if (type !== FrameType.credit) return;
    this.#flow.addCredit(readCount(payload));
    this.#finish();
  }

  fail(reason: Error): void {
    this.#ended = true;
    this.#reject(reason);
  }
}

/** Reads a file. */
export class GetFile implements Transfer {
  readonly done: Promise<Uint8Array<ArrayBuffer>>;
  readonly #flow: OutputFlow;
  readonly #close: () => void;
  readonly #path: string;
  #parts: Uint8Array[] = [];
  #length = 0;
  #resolve: (bytes: Uint8Array<ArrayBuffer>) => void = () => {};
  #reject: (reason: Error) => void = () => {};

  constructor(stream: number, send: SendFrame, path: string) {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#path = path;
    this.#flow = new OutputFlow(stream, send);
    this.#close = () => send(FrameType.close, stream);
    send(FrameType.get, stream, request(OUTPUT_WINDOW, path));
  }

  handle({ type, payload }: Frame): void {
    if (type === FrameType.output) return this.#take(payload);
    if (type === FrameType.exit) return this.#resolve(this.#content());
    if (type === FrameType.error) this.fail(new StepError(new TextDecoder().decode(payload)));
  }

  fail(reason: Error): void {
    this.#reject(reason);
  }

  #take(payload: Uint8Array): void {
    this.#length += payload.length;
    if (this.#length > MAX_FILE) {
      this.#close();
      return this.fail(new StepError(`${this.#path}: is larger than ${MAX_FILE} bytes`));
    }
    this.#parts.push(payload);
    this.#flow.consume(payload.length);
  }

  #content(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}
