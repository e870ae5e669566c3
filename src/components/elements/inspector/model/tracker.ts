/** Follows things from one report to the next: which have appeared, in which steps, and which have just ended. */
import type { RunningStep } from '../../../../cells/run/running-step.ts';

export interface Tracked<T> {
  key: string;
  item: T;
  /** The steps in which it may have appeared. Undefined if it was there before. */
  origin?: readonly RunningStep[];
  /** When it was first missing, in milliseconds. Undefined while it exists. */
  endedAt?: number;
}

/** What has ended stays visible for this many milliseconds. */
export const LINGER_MS = 2500;

export class Tracker<T> {
  readonly #keyOf: (item: T) => string;
  readonly #isSame: (one: T, other: T) => boolean;
  #known = new Map<string, Tracked<T>>();
  #hasBegun = false;

  /**
   * `keyOf` gives each thing its identity; it must be different for each thing in a report. Another state of the machine
   * may have another thing with the same key: `isSame` says whether it looks like the one before.
   */
  constructor(keyOf: (item: T) => string, isSame: (one: T, other: T) => boolean = () => true) {
    this.#keyOf = keyOf;
    this.#isSame = isSame;
  }

  /** All that exists, then all that has just ended. */
  get all(): Tracked<T>[] {
    const each = [...this.#known.values()];
    return [...each.filter(isPresent), ...each.filter((one) => !isPresent(one))];
  }

  /** The next update finds things that have been there before: at first, and after the machine has left its state. */
  beginAnew(): void {
    this.#hasBegun = false;
  }

  /** Takes a report. `now` is its time in milliseconds; `origin` are the steps since the last report. */
  update(items: readonly T[], now: number, origin: readonly RunningStep[]): void {
    const next = new Map<string, Tracked<T>>();
    for (const item of items) {
      const key = this.#keyOf(item);
      const known = this.#known.get(key);
      const lives = known && isPresent(known);
      const isKnown = lives && (this.#hasBegun || this.#isSame(known.item, item));
      if (isKnown) next.set(key, { ...known, item });
      else next.set(key, { key, item, ...(this.#hasBegun && { origin }) });
    }
    for (const [key, known] of this.#known) {
      if (next.has(key)) continue;
      // A machine in another state has never had these.
      if (this.#hasBegun) next.set(key, { ...known, endedAt: known.endedAt ?? now });
    }
    this.#known = next;
    this.#hasBegun = true;
    this.expire(now);
  }

  /** Forgets what ended long enough ago. */
  expire(now: number): void {
    for (const [key, { endedAt }] of this.#known) {
      if (endedAt !== undefined && now - endedAt >= LINGER_MS) this.#known.delete(key);
    }
  }

  /** Whether something is shown that has ended. */
  get hasEnded(): boolean {
    return [...this.#known.values()].some((each) => !isPresent(each));
  }
}

export function isPresent({ endedAt }: Tracked<unknown>): boolean {
  return endedAt === undefined;
}
