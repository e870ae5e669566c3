/** A terminal's output: passes it to the listeners as it arrives, and keeps the last part for later ones. */

/** Characters kept: some hundred lines. */
const KEPT = 1 << 16;

/** Full reset (RIS), see console_codes(4). */
const CLEAR = '\u001bc';

export type ScreenListener = (data: string) => void;

export class Screen {
  readonly #listeners: ReadonlySet<ScreenListener>;
  #text: string;

  /** `listeners` may change at any time. They already have the given text. */
  constructor(listeners: ReadonlySet<ScreenListener>, text = '') {
    this.#listeners = listeners;
    this.#text = text;
  }

  /** The last part of the output, from the beginning of a line. */
  get text(): string {
    if (this.#text.length <= KEPT) return this.#text;
    const last = this.#text.slice(-KEPT);
    return last.slice(last.indexOf('\n') + 1);
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Whether the next text begins a line. */
  get isAtLineStart(): boolean {
    return !this.#text || this.#text.endsWith('\n');
  }

  /** Clears the screen and the kept text. */
  clear(): void {
    this.show(CLEAR);
    this.#text = '';
  }

  show(data: string): void {
    if (!data) return;
    this.#text += data;
    // Not each time, since cutting copies the text.
    if (this.#text.length > 2 * KEPT) this.#text = this.text;
    for (const listener of this.#listeners) listener(data);
  }
}
