/** What a cell is, once read from its fence. */
import type { Position } from '../author-error.ts';

/** The sessions that a cell may name. `host` stands open from the start. */
export const sessions = ['host', 'inside', 'second'] as const;
export type SessionName = (typeof sessions)[number];

/** The machine on which activities run that name no other. */
export const DEFAULT_MACHINE = 'main';
/** Number of machines that a page may have: each takes hundreds of megabytes of its reader's memory. */
export const MOST_MACHINES = 2;

export interface CellOptions {
  /** Names the cell in links, tests and `after`; unique on its page. */
  id: string;
  /** Cells of the page that have to run first, in this order. */
  after: string[];
  /** The machine of the page on which it runs. */
  machine: string;
  session: SessionName;
  /** Seconds that a step may take. */
  timeout: number;
  /** Begins on a clean machine, whatever ran before. */
  fresh?: true;
  /** Ctrl-C is pressed in a step as soon as a line of its output holds this pattern. */
  interrupt?: string;
  /** Why it is neither run nor verified. */
  skip?: string;
}

export type OptionName = keyof CellOptions;

export interface Step {
  command: string;
  /** Lines as the author wrote them: see pattern.ts for what may vary in a line. */
  output: string[];
  status: number;
  /** Line of the command in its file. */
  line: number;
  /** Set-up, which a page shows folded. It runs and is verified like any step. */
  hidden?: true;
}

export interface Cell extends CellOptions {
  kind: 'cell';
  steps: Step[];
  /** Where its fence begins. */
  place: Position;
  /** The columns at which its options stand on that line. */
  columns: Partial<Record<OptionName, number>>;
}

/** A cell as the page carries it: without places in files. */
export interface PageCell extends CellOptions {
  kind: 'cell';
  steps: Omit<Step, 'line'>[];
}

export function toPageCell({
  steps,
  place: _place,
  columns: _columns,
  ...options
}: Cell): PageCell {
  return { ...options, steps: steps.map(({ line: _line, ...step }) => step) };
}
