/** Normalizes line ends: removes the carriage returns that a terminal puts before "\n". */

/** A longer run of carriage returns counts as text, which bounds the text kept back. */
const MAX_RETURNS = 1024;

export class LineEnds {
  #held = '';

  /** Returns the normalized text, and keeps back carriage returns at its end. */
  normalize(text: string): string {
    const all = (this.#held + text).replace(/\r+\n/g, '\n');
    this.#held = /\r*$/.exec(all.slice(-MAX_RETURNS))?.[0] ?? '';
    if (this.#held.length === MAX_RETURNS) this.#held = '';
    return all.slice(0, all.length - this.#held.length);
  }

  /** Returns the carriage returns kept back. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}
