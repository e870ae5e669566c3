/**
 * The machine's disk: read part by part, kept once read, and with what the guest wrote in memory.
 * It has the shape that v86 wants of a disk; v86's own loses errors (see ARCHITECTURE.md).
 */
import { asMachineError } from '../errors.ts';
import type { MachineError } from '../errors.ts';

const SECTOR = 512;

export interface BlockDeviceOptions {
  bytes: number;
  partBytes: number;
  /** Gives one part of the disk, inflated. Rejects with a MachineError. */
  readPart: (index: number) => Promise<Uint8Array>;
  /** Called with each part that the guest reads of, each time. */
  onRead?: ((index: number) => void) | undefined;
  /** Called when a part cannot be had; the read that needed it never ends. */
  onFailure: (error: MachineError) => void;
}

/** A disk for v86. Positions and lengths are in bytes, whole sectors. */
export class BlockDevice {
  readonly byteLength: number;
  onload: ((event: object) => void) | undefined;
  onprogress: ((event: object) => void) | undefined;
  readonly #options: BlockDeviceOptions;
  readonly #reading = new Map<number, Promise<Uint8Array>>();
  readonly #parts = new Map<number, Uint8Array>();
  #written = new Map<number, Uint8Array>();
  /** Reads that the guest waits for; a new set with each state that the device is set to. */
  #awaited = new Set<Promise<unknown>>();

  constructor(options: BlockDeviceOptions) {
    this.byteLength = options.bytes;
    this.#options = options;
  }

  /** Reads a part before it is asked for. Rejects as `readPart` does. */
  async prefetch(index: number): Promise<void> {
    await this.#readPart(index);
  }

  /** Reads every part, so that each later read is answered at once. Rejects as `readPart` does. */
  async readAll(): Promise<void> {
    const count = Math.ceil(this.byteLength / this.#options.partBytes);
    await Promise.all(Array.from({ length: count }, (_, index) => this.#readPart(index)));
  }

  load(): void {
    this.onload?.({});
  }

  get(start: number, length: number, done: (data: Uint8Array) => void): void {
    const { partBytes } = this.#options;
    const first = Math.floor(start / partBytes);
    const last = Math.floor((start + length - 1) / partBytes);
    const missing = [];
    for (let index = first; index <= last; index++) {
      this.#options.onRead?.(index);
      if (!this.#parts.has(index)) missing.push(this.#readPart(index));
    }
    // What is here is given at once: waiting for a promise would cost a turn of the event loop.
    if (!missing.length) return done(this.#copy(start, length));
    const reading = Promise.all(missing);
    this.#awaited.add(reading);
    reading.then(
      () => {
        // To a guest that was restored meanwhile, this answer would be one to nothing it has asked.
        if (this.#awaited.delete(reading)) done(this.#copy(start, length));
      },
      (reason: unknown) => this.#options.onFailure(asMachineError(reason, 'NetworkFailed')),
    );
  }

  /** Whether the guest waits for a part. A state saved now would wait for ever. */
  get isBusy(): boolean {
    return this.#awaited.size > 0;
  }

  /** Resolves when what the guest waits for now has been read, or has failed. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#awaited);
  }

  set(start: number, data: Uint8Array, done: () => void): void {
    for (let at = 0; at < data.length; at += SECTOR) {
      this.#written.set((start + at) / SECTOR, data.slice(at, at + SECTOR));
    }
    done();
  }

  /**
   * v86 asks for the first sector to guess a geometry from a partition table. The disk has none;
   * reading a part to find that out would delay every start.
   */
  get_and_cache(_start: number, length: number, done: (data: Uint8Array) => void): void {
    done(new Uint8Array(length));
  }

  get_from_cache(_start: number, length: number): Uint8Array {
    return new Uint8Array(length);
  }

  get_buffer(done: (buffer?: ArrayBuffer) => void): void {
    done();
  }

  /** Only what the guest wrote belongs to its state; the parts are files. */
  get_state(): [Uint8Array, Uint8Array] {
    const sectors = Uint32Array.from(this.#written.keys());
    const data = new Uint8Array(sectors.length * SECTOR);
    [...this.#written.values()].forEach((sector, i) => data.set(sector, i * SECTOR));
    return [new Uint8Array(sectors.buffer), data];
  }

  set_state([sectors, data]: [Uint8Array, Uint8Array]): void {
    this.#awaited = new Set();
    const numbers = new Uint32Array(sectors.slice().buffer);
    this.#written = new Map(
      [...numbers].map((sector, i) => [sector, data.slice(i * SECTOR, (i + 1) * SECTOR)]),
    );
  }

  #readPart(index: number): Promise<Uint8Array> {
    const known = this.#reading.get(index);
    if (known) return known;
    const reading = this.#options.readPart(index).then((part) => {
      this.#parts.set(index, part);
      return part;
    });
    this.#reading.set(index, reading);
    // After a failure the next read asks again.
    reading.catch(() => this.#reading.delete(index));
    return reading;
  }

  #copy(start: number, length: number): Uint8Array {
    const { partBytes } = this.#options;
    const out = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const index = Math.floor((start + at) / partBytes);
      const from = (start + at) % partBytes;
      const part = this.#parts.get(index)?.subarray(from, from + length - at);
      if (!part?.length) break; // beyond the end
      out.set(part, at);
      at += part.length;
    }
    for (let at = 0; this.#written.size && at < length; at += SECTOR) {
      const sector = this.#written.get((start + at) / SECTOR);
      if (sector) out.set(sector, at);
    }
    return out;
  }
}
