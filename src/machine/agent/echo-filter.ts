/**
 * Removes the echo of typed lines from a terminal's output. Needed when a program in between, such as
 * lxc-attach, opens a terminal of its own with its echo on.
 */

// A shell with line editing asks for the cursor position and clears the rest of the line.
// eslint-disable-next-line no-control-regex
const editing = /\u001b\[(?:6n|J|K)/g;
// eslint-disable-next-line no-control-regex
const unfinished = /(?:\u001b(?:\[6?)?|\r+)$/;

export class EchoFilter {
  #expected = '';
  #kept = '';
  #untouched = false;

  /** Whether an echo is expected and no output has arrived since. */
  get isUntouched(): boolean {
    return this.#untouched;
  }

  /** Expects the echo of this line, after any others. */
  expect(line: string): void {
    this.#untouched ||= !this.#expected;
    this.#expected += `${line}\r\n`;
  }

  /** Returns the part of the text that is output. Keeps back text that may still turn out to be echo. */
  filter(text: string): string {
    if (!this.#expected) return text;
    // Two terminals may each have added a carriage return before the newline.
    const all = (this.#kept + text).replace(editing, '').replace(/\r+\n/g, '\r\n');
    const known = all.replace(unfinished, '');
    if (known) this.#untouched = false;
    const common = Math.min(known.length, this.#expected.length);
    if (known.slice(0, common) !== this.#expected.slice(0, common)) {
      this.#expected = '';
      this.#kept = '';
      return all;
    }
    this.#expected = this.#expected.slice(common);
    this.#kept = this.#expected ? all.slice(known.length) : '';
    return this.#expected ? '' : all.slice(common);
  }

  /** Stops expecting an echo, and returns the text kept back. */
  end(): string {
    const kept = this.#kept;
    this.#expected = '';
    this.#kept = '';
    this.#untouched = false;
    return kept;
  }
}
