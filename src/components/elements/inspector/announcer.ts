/** Announces changes to screen readers, summed up once the machine is quiet. */
import { describeChange } from './model/change-words.ts';

/** Without a change for this many milliseconds, the changes are announced. */
const QUIET_MS = 1500;

export class Announcer {
  readonly #say: (text: string) => void;
  #announced: ReadonlySet<number> | undefined;
  #present: ReadonlySet<number> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** The next processes are those of another machine. */
  beginAnew(): void {
    this.#announced = undefined;
    clearTimeout(this.#timer);
  }

  /** Takes the PIDs of the processes that exist now. */
  note(present: ReadonlySet<number>): void {
    this.#announced ??= present;
    if (!describeChange(this.#present, present)) return;
    this.#present = present;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const text = describeChange(this.#announced ?? present, present);
      this.#announced = present;
      if (text) this.#say(text);
    }, QUIET_MS);
  }
}
