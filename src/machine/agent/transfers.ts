/** A machine's file transfers, by stream. */
import type { Frame, SendFrame } from './frame.ts';
import { GetFile, PutFile } from './transfer.ts';
import type { Transfer } from './transfer.ts';

export class Transfers {
  readonly #send: SendFrame;
  readonly #takeStream: () => number;
  readonly #running = new Map<number, Transfer>();

  constructor(send: SendFrame, takeStream: () => number) {
    this.#send = send;
    this.#takeStream = takeStream;
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  hasStream(stream: number): boolean {
    return this.#running.has(stream);
  }

  /** Writes a file on the machine. Rejects with a StepError that gives the reason. */
  put(path: string, bytes: Uint8Array, mode: number): Promise<void> {
    return this.#run((stream) => new PutFile(stream, this.#send, path, bytes, mode));
  }

  /** Reads a file from the machine. Rejects with a StepError that gives the reason. */
  get(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#run((stream) => new GetFile(stream, this.#send, path));
  }

  /** Passes a frame to the transfer of its stream. Returns whether there is one. */
  handle(frame: Frame): boolean {
    const transfer = this.#running.get(frame.stream);
    transfer?.handle(frame);
    return transfer !== undefined;
  }

  fail(reason: Error): void {
    for (const transfer of this.#running.values()) transfer.fail(reason);
    this.#running.clear();
  }

  async #run<T>(create: (stream: number) => Transfer & { done: Promise<T> }): Promise<T> {
    const stream = this.#takeStream();
    const transfer = create(stream);
    this.#running.set(stream, transfer);
    try {
      return await transfer.done;
    } finally {
      this.#running.delete(stream);
    }
  }
}
