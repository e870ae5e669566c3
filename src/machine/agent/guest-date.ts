/** Corrects the guest's date, which falls behind while the machine is paused or held up. */

/** A smaller lag is left alone: frequent corrections would sometimes set the clock back. */
const CATCH_UP_MS = 1000;

export interface Clocks {
  /** Unix time in milliseconds. */
  now: () => number;
  /** The guest's time in milliseconds, which stands still while the machine is paused or held up. */
  guestTime: () => number;
}

export class GuestDate {
  readonly #clocks: Clocks;
  /** Both times when the guest's date was last correct. */
  #synced = { now: 0, guest: 0 };

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Returns the present time and notes that the guest's date is being set to it. */
  set(): number {
    this.#synced = { now: this.#clocks.now(), guest: this.#clocks.guestTime() };
    return this.#synced.now;
  }

  /**
   * Milliseconds by which to set the guest's date forward: the time for which it stood still if that is a second
   * or more, else 0. The correction is relative, since the reader may have set a different date.
   */
  takeLag(): number {
    const [now, guest] = [this.#clocks.now(), this.#clocks.guestTime()];
    const lag = now - this.#synced.now - (guest - this.#synced.guest);
    // A negative lag means that the computer's own clock was set back.
    if (lag >= 0 && lag < CATCH_UP_MS) return 0;
    this.#synced = { now, guest };
    return Math.max(0, lag);
  }
}
