/**
 * Takes the echo of what was typed out of a terminal's output. Needed where a program in between,
 * such as lxc-attach, has a terminal of its own with its echo on.
 */

// A shell that edits its line asks for the cursor's place and clears the rest of the line.
// eslint-disable-next-line no-control-regex
const editing = /\u001b\[(?:6n|J|K)/g;
// eslint-disable-next-line no-control-regex
const unfinished = /(?:\u001b(?:\[6?)?|\r+)$/;

export class EchoFilter {
  #expected = '';
  #held = '';
  #untouched = false;

  /** Whether nothing of what is expected has come, nor anything else in its place. */
  get isUntouched(): boolean {
    return this.#untouched;
  }

  /** From now on this line is expected as echo, after what is expected already. */
  expect(line: string): void {
    this.#untouched ||= !this.#expected;
    this.#expected += `${line}\r\n`;
  }

  /** Returns what of the text is output. Holds back what may still be echo. */
  take(text: string): string {
    if (!this.#expected) return text;
    // Two terminals may each have put a carriage return before the line's end.
    const all = (this.#held + text).replace(editing, '').replace(/\r+\n/g, '\r\n');
    const known = all.replace(unfinished, '');
    if (known) this.#untouched = false;
    const common = Math.min(known.length, this.#expected.length);
    if (known.slice(0, common) !== this.#expected.slice(0, common)) {
      this.#expected = '';
      this.#held = '';
      return all;
    }
    this.#expected = this.#expected.slice(common);
    this.#held = this.#expected ? all.slice(known.length) : '';
    return this.#expected ? '' : all.slice(common);
  }

  /** Expects nothing any more, and returns what was held back. */
  end(): string {
    const held = this.#held;
    this.#expected = '';
    this.#held = '';
    this.#untouched = false;
    return held;
  }
}
