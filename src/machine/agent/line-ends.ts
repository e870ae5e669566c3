/** One kind of line end: what a terminal ends with carriage returns and "\n" ends with "\n" alone. */

/** More carriage returns in a row are text, so that no more has to be held back. */
const MOST = 1024;

export class LineEnds {
  #held = '';

  /** Returns the text so far, and holds back carriage returns at its end. */
  take(text: string): string {
    const all = (this.#held + text).replace(/\r+\n/g, '\n');
    this.#held = /\r*$/.exec(all.slice(-MOST))?.[0] ?? '';
    if (this.#held.length === MOST) this.#held = '';
    return all.slice(0, all.length - this.#held.length);
  }

  /** Returns what was held back. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}
