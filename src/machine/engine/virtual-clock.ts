/** Time that only the guest's own work moves. */
import type { Clock } from './engine-time.ts';

/** Instructions in a millisecond; about what the engine executes in one when it compiles. */
export const INSTRUCTIONS_PER_MS = 100_000;

/** A clock in milliseconds that counts instructions, and the rests that were skipped. */
export class VirtualClock implements Clock {
  #counter: () => number = () => 0;
  #last = 0;
  #instructions = 0;
  #skipped = 0;

  /** Counts with this counter of instructions, modulo 2^32; it has to be read once in so many. */
  follow(counter: () => number): void {
    this.#counter = counter;
    this.#last = counter() >>> 0;
  }

  now(): number {
    const count = this.#counter() >>> 0;
    this.#instructions += (count - this.#last) >>> 0;
    this.#last = count;
    return this.#instructions / INSTRUCTIONS_PER_MS + this.#skipped;
  }

  /** Goes forward by a rest of this number of milliseconds. */
  skip(ms: number): void {
    this.#skipped += Math.max(0, ms);
  }
}
