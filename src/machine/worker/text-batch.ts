/** Joins pieces of text, so that a flood of output crosses to the page in few messages. */

/** About one frame of the page, in milliseconds. */
const FRAME_MS = 16;

/** Passes on the first text at once, and the text of each later frame together. */
export class TextBatch {
  readonly #pass: (text: string) => void;
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(pass: (text: string) => void) {
    this.#pass = pass;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#timer !== undefined) return;
    this.#passText();
    this.#timer = setTimeout(() => this.#endFrame(), FRAME_MS);
  }

  /** Passes on what is left. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#passText();
  }

  #endFrame(): void {
    this.#timer = undefined;
    // Another frame begins only with text, so that no timer runs on.
    if (this.#text) this.add('');
  }

  #passText(): void {
    const text = this.#text;
    this.#text = '';
    if (text) this.#pass(text);
  }
}
