/** What a cell is, once read from its fence. */
import type { Place } from '../author-error.ts';

/** The sessions that a cell may name. `host` stands open from the start. */
export const sessions = ['host', 'inside', 'second'] as const;
export type SessionName = (typeof sessions)[number];

export interface CellOptions {
  /** Names the cell in links, tests and `after`; unique on its page. */
  id: string;
  /** Cells of the page that have to run first, in this order. */
  after: string[];
  session: SessionName;
  /** Seconds that a step may take. */
  timeout: number;
}

export interface Step {
  command: string;
  /** Lines as the author wrote them: `...` stands for any text of a line, or for any lines. */
  output: string[];
  status: number;
  /** Line of the command in its file. */
  line: number;
}

export interface Cell extends CellOptions {
  steps: Step[];
  place: Place;
}

/** A cell as the page carries it: without places in files. */
export interface PageCell extends CellOptions {
  steps: Omit<Step, 'line'>[];
}

export function toPageCell({ id, after, session, timeout, steps }: Cell): PageCell {
  return {
    id,
    after,
    session,
    timeout,
    steps: steps.map(({ command, output, status }) => ({ command, output, status })),
  };
}
