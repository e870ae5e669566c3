/** Control sequences with a huge count, for which xterm.js would work for minutes. */
import type { Terminal } from '@xterm/xterm';

/** Insert, delete and scroll lines; see ECMA-48. A count larger than the number of lines on the screen makes no further difference. */
const LINES = ['L', 'M', 'S', 'T'];
/** Repeat a character, and tabulate forwards and backwards. */
const COLUMNS = ['b', 'I', 'Z'];

/** Makes a terminal ignore such a sequence if its count exceeds the number of lines or columns of the screen. */
export function refuseFloods(terminal: Terminal): void {
  const refuse = (finals: readonly string[], limit: () => number): void => {
    for (const final of finals) {
      terminal.parser.registerCsiHandler({ final }, ([count]) => Number(count) > limit());
    }
  };
  refuse(LINES, () => terminal.rows);
  refuse(COLUMNS, () => terminal.cols);
}
