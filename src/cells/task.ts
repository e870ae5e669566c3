/** A task: a goal in words, and checks of the machine's state. */
import type { Position } from '../author-error.ts';
import type { Cell, CellOptions } from './cell.ts';

/** The values of a name in double braces: whole numbers from one to another, or one of a list. */
export type TaskValue = { from: number; to: number; step: number } | { of: string[] };
/** A value for each name. */
export type DrawnValues = Readonly<Record<string, string>>;

export interface TaskHint {
  /** Names the hint in `mistakes`; unique in its task. */
  id: string;
  /** The hint holds if a line of the check's output contains this pattern. The last hint of a check has none. */
  when?: string | undefined;
  /** The text for the reader; `{output}` stands for the check's output. */
  say: string;
}

export interface TaskCheck {
  /** One command, which runs in a session of its own. */
  run: string;
  /** The expected output; pattern.ts describes the parts that may vary. Undefined if any output will do. */
  prints?: string[] | undefined;
  status: number;
  hints: TaskHint[];
}

/** Commands that end in a typical mistake, and the id of the hint that the reader then gets. */
export interface TaskMistake {
  run: string[];
  hint: string;
}

export interface TaskText {
  /** Paragraphs with `code` and [links](/chapters/x/). */
  goal: string;
  values: Record<string, TaskValue>;
  checks: TaskCheck[];
  /** Each is a list of commands. */
  solutions: string[][];
  mistakes: TaskMistake[];
}

/** A task, as parsed from its fence. */
export interface Task extends CellOptions, TaskText {
  kind: 'task';
  title: string;
  /** The YAML text in its fence, as typed. */
  source: string;
  /** The lines in its file of its solutions and mistakes. */
  lines: { solutions: number[]; mistakes: number[] };
  position: Position;
  columns: Cell['columns'];
}

/** A task as the page carries it. Its mistakes are for the verifier only. */
export interface PageTask extends CellOptions, Omit<TaskText, 'mistakes'> {
  kind: 'task';
  title: string;
  /** The values in use; without any, the first of each range. */
  drawn?: DrawnValues;
  /** Whether the next run only prepares the machine: the cells before the task run, and nothing is checked. */
  isStart?: boolean;
}

export function toPageTask({
  source: _source,
  lines: _lines,
  mistakes: _mistakes,
  position: _position,
  columns: _columns,
  ...task
}: Task): PageTask {
  return task;
}

/** A name in double braces. A Docker template is not one, since it contains a dot: `{{.State.Pid}}`, `{{json .Mounts}}`. */
export const VALUE_NAME = /\{\{\s*([^{}.]*?)\s*\}\}/g;

/** All values that a name can stand for, in order. */
function choicesOf(value: TaskValue): string[] {
  if ('of' in value) return value.of;
  const { from, to, step } = value;
  return Array.from({ length: (to - from) / step + 1 }, (_, i) => String(from + i * step));
}

function choose(
  { values }: Pick<TaskText, 'values'>,
  pick: (choices: readonly string[], name: string) => string | undefined,
): DrawnValues {
  const chosen = Object.entries(values).map(([name, value]) => {
    const choices = choicesOf(value);
    return [name, pick(choices, name) ?? choices[0] ?? ''];
  });
  return Object.fromEntries(chosen) as DrawnValues;
}

/** The first value of each range. */
export function firstValues(task: Pick<TaskText, 'values'>): DrawnValues {
  return choose(task, ([first]) => first);
}

/** Both ends of each range, and one value between. Each combination occurs once. */
export function provedValues(task: Pick<TaskText, 'values'>): DrawnValues[] {
  const sets = [0, 1, 0.5].map((part) =>
    choose(task, (choices) => choices[Math.round((choices.length - 1) * part)]),
  );
  return [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()];
}

/** Values drawn at random that differ from the present ones. `random` returns a number from 0 up to 1. */
export function drawValues(
  task: Pick<TaskText, 'values'>,
  present: DrawnValues,
  random: () => number,
): DrawnValues {
  return choose(task, (choices, name) => {
    const others = choices.filter((choice) => choice !== present[name]);
    return others[Math.floor(random() * others.length)];
  });
}

/** Whether these are values that the task can have. */
export function areValues(task: Pick<TaskText, 'values'>, drawn: DrawnValues): boolean {
  const names = Object.keys(task.values);
  return (
    Object.keys(drawn).length === names.length &&
    Object.entries(task.values).every(([name, value]) =>
      choicesOf(value).includes(drawn[name] ?? ''),
    )
  );
}

/** A text with values in place of the names in double braces. */
export function fillIn(text: string, values: DrawnValues): string {
  return text.replace(VALUE_NAME, (whole, name: string) => values[name] ?? whole);
}

/** A task's check with values in place of names. */
export function fillCheck(check: TaskCheck, values: DrawnValues): TaskCheck {
  const fill = (text: string): string => fillIn(text, values);
  return {
    ...check,
    run: fill(check.run),
    prints: check.prints?.map(fill),
    hints: check.hints.map(({ id, when, say }) => ({
      id,
      when: when === undefined ? undefined : fill(when),
      say: fill(say),
    })),
  };
}
