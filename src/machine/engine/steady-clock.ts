/**
 * The time that the guest sees. A computer that is busy with something else, or asleep, makes the
 * engine wait. To the guest that would be time in which its processes ran: a program would seem
 * slow, and a group with a CPU limit would pay for what it never used. So most of such a wait is left
 * out, as a hypervisor leaves out the time for which it has suspended its guest.
 */

import type { Clock } from './engine-time.ts';

/**
 * Milliseconds that the engine may be late without being taken for held up. Less would not bear a
 * browser that rounds its clock (to 17 ms), or a garbage collection.
 */
export const LATE_MS = 50;

/** A clock in milliseconds that stands still while the engine is held up. */
export class SteadyClock implements Clock {
  readonly #source: () => number;
  /** When the engine is next expected to look at the time, by the source. */
  #expected: number;
  #leftOut = 0;

  /** `source` is a clock in milliseconds that never goes back. */
  constructor(source: () => number) {
    this.#source = source;
    this.#expected = source();
  }

  /** The time. The engine asks every few milliseconds while it works. */
  now(): number {
    const time = this.#source();
    this.#leftOut += Math.max(0, time - this.#expected - LATE_MS);
    this.#expected = Math.max(time, this.#expected);
    return time - this.#leftOut;
  }

  /** The engine may have nothing to do for so many milliseconds, and not ask before. Below zero it is overdue. */
  rest(ms: number): void {
    this.#expected = this.#source() + (ms > 0 ? ms : 0);
  }
}
