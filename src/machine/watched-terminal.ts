/** A terminal that a test watches, types into, and runs steps on. */
import { expect } from 'vitest';
import type { Machine } from './machine.ts';
import { runWithOutput } from './step-output.ts';

/** Matches the end of the output. */
export const PROMPT = /\$ $/;
/** The shells' requests to the terminal: bracketed paste, and the cursor position. */
// eslint-disable-next-line no-control-regex
const control = /\u001b\[\?2004[hl]\r?|\u001b\[(?:6n|K)/g;

export function watchedTerminal(machine: Machine) {
  let text = '';
  let unwatch = (): void => {};
  const run = (command: string, session = 'host') => runWithOutput(machine, { session, command });
  return {
    run,
    outputOf: async (command: string, session = 'host') =>
      (await run(command, session)).output.trimEnd(),
    type: (data: string, session = 'host') => machine.writeTerminal(session, data),
    /** Watches a session's terminal from now on. */
    look(session = 'host'): void {
      unwatch();
      text = '';
      unwatch = machine.watchTerminal(session, (data) => (text += data.replace(control, '')));
    },
    unlook: () => unwatch(),
    /** The text since `look`, without the text that `sees` has dropped. */
    shown: () => text,
    /** Waits until the terminal shows this, and drops the text up to it. */
    async sees(pattern: RegExp): Promise<string> {
      await expect.poll(() => text, { timeout: 10_000 }).toMatch(pattern);
      const { 0: found = '', index = 0 } = pattern.exec(text) ?? {};
      text = text.slice(index + found.length);
      return found;
    },
  };
}
