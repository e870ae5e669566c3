/** Shows the progress of a long task on a terminal, in one line that is overwritten. */
const CLEAR = '\r\u001b[K';

export class StepLine {
  readonly #screen: { isTTY?: boolean; write(text: string): unknown };
  readonly #title: string;

  constructor(screen: { isTTY?: boolean; write(text: string): unknown }, title: string) {
    this.#screen = screen;
    this.#title = title;
  }

  /** Writes nothing if the output is not a terminal, such as a log. */
  show(done: number, of: number): void {
    if (this.#screen.isTTY) this.#screen.write(`${CLEAR}${this.#title}: ${done} of ${of} steps`);
  }

  clear(): void {
    if (this.#screen.isTTY) this.#screen.write(CLEAR);
  }
}
