/**
 * The time that the guest sees. A computer that is asleep or busy with other work delays the engine. The
 * guest would count such a delay as time in which its processes ran: a program would seem slow, and a group
 * with a CPU limit would be charged for time that it never used. The clock therefore leaves out most of a
 * delay, as a hypervisor leaves out the time for which it has suspended its guest.
 */

import type { Clock } from './engine-time.ts';

/**
 * A shorter lateness, in milliseconds, does not count as a delay. It has to exceed the rounding of a
 * browser's clock (17 ms) and a garbage collection.
 */
export const LATE_MS = 50;

/** A clock in milliseconds that stands still while the engine is delayed. */
export class SteadyClock implements Clock {
  readonly #source: () => number;
  /** The time of the source at which the engine is expected to read the clock next. */
  #expected: number;
  #leftOut = 0;

  /** `source` is a monotonic clock in milliseconds. */
  constructor(source: () => number) {
    this.#source = source;
    this.#expected = source();
  }

  /** The guest's time. The engine reads it every few milliseconds while it runs. */
  now(): number {
    const time = this.#source();
    this.#leftOut += Math.max(0, time - this.#expected - LATE_MS);
    this.#expected = Math.max(time, this.#expected);
    return time - this.#leftOut;
  }

  /** The engine may be idle, and not read the clock, for this many milliseconds. A negative value means overdue. */
  rest(ms: number): void {
    this.#expected = this.#source() + (ms > 0 ? ms : 0);
  }
}
