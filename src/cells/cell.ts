/** A cell, as parsed from its fence. */
import type { Position } from '../author-error.ts';

/** The sessions that a cell may name. `host` is open from the start. */
export const sessions = ['host', 'inside', 'second'] as const;
export type SessionName = (typeof sessions)[number];

/** The name of a session on pages. */
export function sessionLabel(session: string): string {
  return session === 'host' ? 'outside' : session;
}

/** The machine of activities that name no other. */
export const DEFAULT_MACHINE = 'main';
/** Maximum number of machines on a page: each takes hundreds of megabytes of the reader's memory. */
export const MAX_MACHINES = 2;

/** The views of the inspector. */
export const inspectorViews = ['processes', 'groups', 'mounts', 'network'] as const;
export type InspectorView = (typeof inspectorViews)[number];

/** A place in the inspector: a view and what to show in it. */
export interface InspectorPlace {
  view: InspectorView;
  /** Kinds of namespaces, separated by commas; the path of a control group; or the name of a process. */
  target?: string;
}

export interface CellOptions {
  /** Names the cell in links, tests and `after`; unique on its page. */
  id: string;
  /** Its name for readers. Without one they see the id. */
  title?: string;
  /** Cells of the page that have to run first, in this order. */
  after: string[];
  /** The machine of the page on which it runs. */
  machine: string;
  session: SessionName;
  /** Time limit of each step in seconds. */
  timeout: number;
  /** Whether it begins on a clean machine, whatever ran before. */
  fresh?: true;
  /** Ctrl-C is pressed in a step as soon as a line of its output contains this pattern. */
  interrupt?: string;
  /** The reason why it is neither run nor verified. */
  skip?: string;
  /** The view of the inspector for it. It changes nothing in the run. */
  show?: InspectorPlace;
}

/** The name of a cell for readers. */
export function cellName({ id, title }: Pick<CellOptions, 'id' | 'title'>): string {
  return title ?? id;
}

export type OptionName = keyof CellOptions;

/** Maximum length of an answer in characters. The browser does not store longer ones. */
export const MAX_ANSWER = 200;

/** A choice of a question, with `code` in backticks. */
export interface Choice {
  text: string;
  /** Whether its author has marked it as right. */
  right?: true;
}

/** A question that the reader answers before the output of a step shows. */
export interface Question {
  /** With `code` in backticks. */
  text: string;
  /** Without choices, the reader types an answer. */
  choices?: Choice[];
}

export interface Step {
  command: string;
  /** Lines as the author wrote them; pattern.ts describes the parts that may vary. */
  output: string[];
  status: number;
  /** Whether it ends because a program waits for input. It has no exit status then. */
  waits?: true;
  /** Whether it ends because the machine stops: a panic, or a shutdown. It has no exit status then. */
  stops?: true;
  /** Line number of the command in its file. */
  line: number;
  /** Whether it is set-up, which a page shows folded. It runs and is verified like any step. */
  hidden?: true;
  ask?: Question;
}

export interface Cell extends CellOptions {
  kind: 'cell';
  steps: Step[];
  /** The beginning of its fence. */
  position: Position;
  /** The columns of its options on that line. */
  columns: Partial<Record<OptionName, number>>;
}

/** A cell as the page carries it, without source positions. */
export interface PageCell extends CellOptions {
  kind: 'cell';
  /** Whether the reader has changed the commands of its steps. */
  isEdited?: boolean;
  steps: Omit<Step, 'line'>[];
}

/** Describes the end of a step. Without a status, a program waits for input, or the machine has stopped. */
export function describeEnd(status: number | undefined, hasStopped = false): string {
  if (hasStopped) return 'The machine stops.';
  return status === undefined ? 'A program is waiting for input.' : `Exit status ${status}`;
}

/** Whether the machine stops at the end of a cell, so that nothing can run after it in the same state. */
export function stopsMachine({ steps }: Pick<PageCell, 'steps'>): boolean {
  return steps.some(({ stops }) => stops);
}

export function toPageCell({
  steps,
  position: _position,
  columns: _columns,
  ...options
}: Cell): PageCell {
  return { ...options, steps: steps.map(({ line: _line, ...step }) => step) };
}
