/**
 * The machine's disk: reads parts on demand, caches them, and keeps the guest's writes in memory. It
 * implements v86's interface for disks, since v86's own disk loses errors (see ARCHITECTURE.md).
 */
import { asMachineError, MachineError } from '../errors.ts';

const SECTOR = 512;

export interface BlockDeviceOptions {
  /** The length of each part, in their order on the disk. */
  partBytes: readonly number[];
  /** Resolves to one part of the disk, inflated. Rejects with a MachineError, or with the signal's reason. */
  readPart: (index: number, signal: AbortSignal) => Promise<Uint8Array>;
  /** Called at each read of the guest with each part that it touches. */
  onRead?: ((index: number) => void) | undefined;
  /** Called when a part cannot be read. The guest's read then never completes. */
  onFailure: (error: MachineError) => void;
  /** Called when the guest starts or stops waiting for parts. */
  onWait?: ((isWaiting: boolean) => void) | undefined;
}

/** A pending read of a part. */
interface Reading {
  part: Promise<Uint8Array>;
  end: AbortController;
  /** Whether it is wanted even if the guest no longer waits for it. */
  isAhead: boolean;
}

/** A disk for v86. Positions and lengths are in bytes and multiples of a sector. */
export class BlockDevice {
  readonly byteLength: number;
  onload: ((event: object) => void) | undefined;
  onprogress: ((event: object) => void) | undefined;
  readonly #options: BlockDeviceOptions;
  /** The position of each part. */
  readonly #starts: readonly number[];
  readonly #reading = new Map<number, Reading>();
  readonly #parts = new Map<number, Uint8Array>();
  #written = new Map<number, Uint8Array>();
  /** The guest's pending reads; `set_state` replaces the set. */
  #awaited = new Set<Promise<unknown>>();

  constructor(options: BlockDeviceOptions) {
    this.#options = options;
    let end = 0;
    this.#starts = options.partBytes.map((bytes) => (end += bytes) - bytes);
    this.byteLength = end;
  }

  /** Reads a part before the guest needs it. Rejects as `readPart` does. */
  async prefetch(index: number): Promise<void> {
    if (this.#parts.has(index)) return;
    const reading = this.#read(index);
    reading.isAhead = true;
    await reading.part;
  }

  /** Reads every part, so that all later reads complete at once. Rejects as `readPart` does. */
  async readAll(): Promise<void> {
    await Promise.all(this.#starts.map((_, index) => this.prefetch(index)));
  }

  load(): void {
    this.onload?.({});
  }

  get(start: number, length: number, done: (data: Uint8Array) => void): void {
    const first = this.#partAt(start);
    const last = this.#partAt(Math.min(start + length, this.byteLength) - 1);
    const missing = [];
    for (let index = first; index <= last; index++) {
      this.#options.onRead?.(index);
      if (!this.#parts.has(index)) missing.push(this.#read(index).part);
    }
    // A cached read completes synchronously: a promise would cost a turn of the event loop.
    if (!missing.length) return done(this.#copy(start, length));
    const reading = Promise.all(missing);
    this.#awaited.add(reading);
    if (this.#awaited.size === 1) this.#options.onWait?.(true);
    /** Ends this wait. Returns false if the guest was restored meanwhile and no longer expects the answer. */
    const endWait = (): boolean => {
      const isExpected = this.#awaited.delete(reading);
      if (isExpected && !this.isBusy) this.#options.onWait?.(false);
      return isExpected;
    };
    reading.then(
      () => {
        if (endWait()) done(this.#copy(start, length));
      },
      (reason: unknown) => {
        if (endWait()) this.#options.onFailure(asMachineError(reason, 'NetworkFailed'));
      },
    );
  }

  /** Whether the guest waits for a part. A state saved now would wait forever. */
  get isBusy(): boolean {
    return this.#awaited.size > 0;
  }

  /** Resolves when all pending reads of the guest have completed or failed. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#awaited);
  }

  set(start: number, data: Uint8Array, done: () => void): void {
    for (let at = 0; at < data.length; at += SECTOR) {
      this.#written.set((start + at) / SECTOR, data.slice(at, at + SECTOR));
    }
    done();
  }

  /**
   * v86 reads the first sector to guess a geometry from its partition table. The disk has no such table,
   * and reading a part to find that out would delay every start.
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

  /** Only the guest's writes belong to its state; the parts are files. */
  get_state(): [Uint8Array, Uint8Array] {
    const sectors = Uint32Array.from(this.#written.keys());
    const data = new Uint8Array(sectors.length * SECTOR);
    [...this.#written.values()].forEach((sector, i) => data.set(sector, i * SECTOR));
    return [new Uint8Array(sectors.buffer), data];
  }

  set_state([sectors, data]: [Uint8Array, Uint8Array]): void {
    if (this.isBusy) this.#options.onWait?.(false);
    this.#awaited = new Set();
    this.#endUnawaited();
    const numbers = new Uint32Array(sectors.slice().buffer);
    this.#written = new Map(
      [...numbers].map((sector, i) => [sector, data.slice(i * SECTOR, (i + 1) * SECTOR)]),
    );
  }

  /** Ends the reads of a guest that was replaced, since one that hangs would block the next guest as well. */
  #endUnawaited(): void {
    for (const [index, { end, isAhead }] of this.#reading) {
      if (isAhead) continue;
      this.#reading.delete(index);
      end.abort(new MachineError('NetworkFailed', 'The machine was restored.'));
    }
  }

  /** The index of the part that holds a position. */
  #partAt(position: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #read(index: number): Reading {
    const known = this.#reading.get(index);
    if (known) return known;
    const end = new AbortController();
    const part = this.#options.readPart(index, end.signal).then((bytes) => {
      this.#parts.set(index, bytes);
      return bytes;
    });
    const reading = { part, end, isAhead: false };
    this.#reading.set(index, reading);
    // After a failure the next read tries again.
    const forget = (): void => {
      if (this.#reading.get(index) === reading) this.#reading.delete(index);
    };
    part.then(forget, forget);
    return reading;
  }

  #copy(start: number, length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const index = this.#partAt(start + at);
      const from = start + at - (this.#starts[index] ?? 0);
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
