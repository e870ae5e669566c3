// What `npm run verify` prints while it runs: on a terminal a line that is written over.

/** Where it is printed; `columns` of a terminal bound the line. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const CLEAR = '\r\u001b[K';

/** Counts proofs. Without a terminal, as in CI, only whole lines are printed. */
export class Progress {
  readonly #screen: Screen;
  readonly #total: number;
  #done = 0;
  #failed = 0;

  constructor(screen: Screen, total: number) {
    this.#screen = screen;
    this.#total = total;
  }

  /** Counts one more proof, of this cell. */
  step(cell: string, proved: boolean): void {
    this.#done++;
    if (!proved) this.#failed++;
    if (!this.#screen.isTTY) return;
    const failed = this.#failed ? `, ${this.#failed} not as printed` : '';
    const line = `verify: ${this.#done} of ${this.#total} proofs${failed}; ${cell}`;
    this.#screen.write(CLEAR + line.slice(0, (this.#screen.columns ?? 80) - 1));
  }

  /** Prints text that stays. */
  print(text: string): void {
    this.#screen.write(`${this.#screen.isTTY ? CLEAR : ''}${text}\n`);
  }
}
