/** Control sequences with a huge count, for which xterm.js would work for minutes. */
import type { Terminal } from '@xterm/xterm';

/** Insert, delete, erase, scroll, repeat and tabulate: the sequences of ECMA-48 whose count is a number of repetitions. */
const COUNTED = ['@', 'I', 'L', 'M', 'P', 'S', 'T', 'X', 'Z', 'b'];

/** Has a terminal ignore such a sequence if its count is larger than the screen. */
export function refuseFloods(terminal: Terminal): void {
  for (const final of COUNTED) {
    terminal.parser.registerCsiHandler({ final }, ([count]) => {
      return typeof count === 'number' && count > terminal.rows * terminal.cols;
    });
  }
}
