/** Keeps the guest's date right, though its time stands still while the machine is paused or held up. */

/** The guest's clock may be late by less than this; to set it each time would let it go back now and then. */
const CATCH_UP_MS = 1000;

export interface Clocks {
  /** Unix time in milliseconds. */
  now: () => number;
  /** Milliseconds of the guest's time, which stands still while the machine is paused or held up. */
  guestTime: () => number;
}

export class GuestDate {
  readonly #clocks: Clocks;
  /** Both times at the moment when the guest's date was right. */
  #right = { now: 0, guest: 0 };

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Notes that the guest's date is set now, to the time that it returns. */
  set(): number {
    this.#right = { now: this.#clocks.now(), guest: this.#clocks.guestTime() };
    return this.#right.now;
  }

  /**
   * Milliseconds by which to set the guest's date forward: the time for which it stood still, if that is a second
   * or more, else 0. By so much, not to a time, since the reader may have set it to another.
   */
  takeLate(): number {
    const [now, guest] = [this.#clocks.now(), this.#clocks.guestTime()];
    const late = now - this.#right.now - (guest - this.#right.guest);
    // Below zero our own clock was set back.
    if (late >= 0 && late < CATCH_UP_MS) return 0;
    this.#right = { now, guest };
    return Math.max(0, late);
  }
}
