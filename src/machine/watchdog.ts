/** Distinguishes a busy guest from a dead one. It pings the agent while the guest has work. */

/** Milliseconds between two pings. */
const EACH_MS = 2000;
/** A ping that is unanswered for this long makes the guest silent. */
const LATE_MS = 5000;
/** Time after a person's last input for which it watches, in milliseconds. */
const WATCH_MS = 60_000;

export interface Watched {
  /** Resolves when the agent answers. Rejects when the guest is restored or ends. */
  ping(): Promise<void>;
  /** The guest's executed instructions. They stand still if the guest does not compute. */
  instructions(): number;
  /** Whether a step is running. */
  isBusy(): boolean;
  /** Whether the guest cannot answer now: it is paused, or waits for the disk. */
  isExcused(): boolean;
  onSilent(isSilent: boolean): void;
  /** Called when the guest executes no instruction between two looks. */
  onDead(): void;
}

export class Watchdog {
  readonly #watched: Watched;
  readonly #now: () => number;
  #until = 0;
  #next: ReturnType<typeof setTimeout> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #isPinging = false;
  #hasEnded = false;

  constructor(watched: Watched, now: () => number) {
    this.#watched = watched;
    this.#now = now;
  }

  /** Watches while a step runs, and for a minute. */
  wake(): void {
    if (this.#hasEnded) return;
    this.#until = this.#now() + WATCH_MS;
    if (!this.#isPinging) this.#next ??= setTimeout(() => void this.#ping(), EACH_MS);
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#next);
    clearTimeout(this.#late);
  }

  async #ping(): Promise<void> {
    this.#next = undefined;
    if (this.#hasEnded) return;
    const watched = this.#watched;
    this.#isPinging = true;
    this.#expectAnswer();
    // A rejection means that the guest is another one now.
    await watched.ping().catch(() => {});
    this.#isPinging = false;
    clearTimeout(this.#late);
    if (this.#hasEnded) return;
    watched.onSilent(false);
    if (watched.isBusy() || this.#now() < this.#until)
      this.#next = setTimeout(() => void this.#ping(), EACH_MS);
  }

  #expectAnswer(): void {
    const before = this.#watched.instructions();
    this.#late = setTimeout(() => {
      if (this.#watched.isExcused()) return this.#expectAnswer();
      if (this.#watched.instructions() === before) return this.#watched.onDead();
      this.#watched.onSilent(true);
      this.#expectAnswer();
    }, LATE_MS);
  }
}
