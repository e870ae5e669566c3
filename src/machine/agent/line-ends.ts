/** Normalizes line ends: removes the carriage returns that a terminal puts before "\n". */

/** A longer run of carriage returns counts as text, which bounds the text kept back. */
const MAX_RETURNS = 1024;

export class LineEnds {
  #kept = '';

  /** Returns the normalized text, and keeps back carriage returns at its end. */
  normalize(text: string): string {
    const all = (this.#kept + text).replace(/\r+\n/g, '\n');
    this.#kept = /\r*$/.exec(all.slice(-MAX_RETURNS))?.[0] ?? '';
    if (this.#kept.length === MAX_RETURNS) this.#kept = '';
    return all.slice(0, all.length - this.#kept.length);
  }

  /** Returns the carriage returns kept back. */
  end(): string {
    const kept = this.#kept;
    this.#kept = '';
    return kept;
  }
}
