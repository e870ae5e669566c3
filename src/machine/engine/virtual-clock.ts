/** A clock that only the guest's own work advances. */
import type { Clock } from './engine-time.ts';

/** Instructions per millisecond; about the engine's speed when it compiles. */
export const INSTRUCTIONS_PER_MS = 100_000;

/** A clock in milliseconds that counts instructions and skipped idle time. */
export class VirtualClock implements Clock {
  #counter: () => number = () => 0;
  #last = 0;
  #instructions = 0;
  #skipped = 0;

  /** Uses this counter of instructions modulo 2^32. `now` has to be called before it wraps around. */
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

  /** Advances the clock by this many milliseconds of idle time. */
  skip(ms: number): void {
    this.#skipped += Math.max(0, ms);
  }
}
