/** What a person's terminal shows: as it arrives to those who look, and its last part to those who come later. */

/** Characters that are kept: some hundred lines. */
const KEPT = 1 << 16;

/** Full reset (RIS), see console_codes(4). */
const CLEAR = '\u001bc';

export type ScreenListener = (data: string) => void;

export class Screen {
  readonly #listeners: ReadonlySet<ScreenListener>;
  #text = '';

  /** `listeners` may come and go. */
  constructor(listeners: ReadonlySet<ScreenListener>) {
    this.#listeners = listeners;
  }

  /** The last of what was shown, from the beginning of a line. */
  get text(): string {
    if (this.#text.length <= KEPT) return this.#text;
    const last = this.#text.slice(-KEPT);
    return last.slice(last.indexOf('\n') + 1);
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Whether the next text begins at the left edge. */
  get isAtLineStart(): boolean {
    return !this.#text || this.#text.endsWith('\n');
  }

  /** Shows that all before is gone. */
  clear(): void {
    this.show(CLEAR);
    this.#text = '';
  }

  show(data: string): void {
    if (!data) return;
    this.#text += data;
    // Not each time: a long text is copied to be cut.
    if (this.#text.length > 2 * KEPT) this.#text = this.text;
    for (const listener of this.#listeners) listener(data);
  }
}
