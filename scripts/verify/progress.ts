// Prints the progress of `npm run verify`: on a terminal, one line that is overwritten.
import { counted } from '../../src/counted.ts';

/** The stream to print to; a terminal's `columns` limit the line. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const CLEAR = '\r\u001b[K';

/** Counts proofs. Without a terminal, as in CI, prints only complete lines. */
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
    const failed = this.#failed ? `, ${this.#failed} not as expected` : '';
    const line = `verify: ${this.#done} of ${counted(this.#total, 'proof')}${failed}; ${cell}`;
    this.#screen.write(CLEAR + line.slice(0, (this.#screen.columns ?? 80) - 1));
  }

  /** Prints permanent text. */
  print(text: string): void {
    this.#screen.write(`${this.#screen.isTTY ? CLEAR : ''}${text}\n`);
  }
}
