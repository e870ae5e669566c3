/** The trials that prove a task, and how their findings are put into words for its author. */
import { outputMatches } from '../match/compare.ts';
import type { ShownHint } from '../run/task-hint.ts';
import type { RunResult, StepOutcome } from '../run/result.ts';
import { fillCheck, fillIn, provedValues } from '../task.ts';
import type { DrawnValues, Task } from '../task.ts';

/** A command that was typed, and how it ended. */
export interface TypedStep {
  command: string;
  status: number | undefined;
  lines: string[];
}

/** One trial of a task: what is typed, with which values, and what its checks have to say. */
export interface TaskTrial {
  kind: 'before' | 'solution' | 'mistake';
  /** Its number, counted from 1; 0 for the state before. */
  number: number;
  values: DrawnValues;
  commands: string[];
}

/** How a trial ended. */
export interface TrialResult extends TaskTrial {
  typed: TypedStep[];
  /** The hint that the reader gets; undefined if all checks pass. */
  hint?: ShownHint | undefined;
}

/** All trials of a task: the state before, each solution and each mistake, with each set of values. */
export function trialsOf(task: Task): TaskTrial[] {
  return provedValues(task).flatMap((values) => {
    const trial = (
      kind: TaskTrial['kind'],
      commands: readonly string[],
      at: number,
    ): TaskTrial => ({
      kind,
      number: at + 1,
      values,
      commands: commands.map((command) => fillIn(command, values)),
    });
    return [
      trial('before', [], -1),
      ...task.solutions.map((commands, i) => trial('solution', commands, i)),
      ...task.mistakes.map(({ run }, i) => trial('mistake', run, i)),
    ];
  });
}

/** The name of a trial: `mistake 2, mb=16`. */
export function nameTrial({ kind, number, values }: TaskTrial): string {
  const shown = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return [number ? `${kind} ${number}` : kind, ...shown].join(', ');
}

/** Whether the checks said what they have to say. */
export function isAsExpected(task: Task, { kind, number, hint }: TrialResult): boolean {
  switch (kind) {
    case 'before':
      return hint !== undefined;
    case 'solution':
      return hint === undefined;
    case 'mistake':
      return hint?.id === task.mistakes[number - 1]?.hint;
  }
}

/** The line in the page of what a trial types. */
function lineOf({ lines, position }: Task, { kind, number }: TaskTrial): number {
  if (kind === 'before') return position.line;
  const found = kind === 'solution' ? lines.solutions : lines.mistakes;
  return found[number - 1] ?? position.line;
}

/** Describes a trial that did not end as it should. */
export function describeTrial(task: Task, result: TrialResult, run: RunResult): string {
  const where = `  ${task.position.file}:${lineOf(task, result)}  ${nameTrial(result)}`;
  const { failure } = run;
  if (failure) return [where, `    ${failure.message}`, ...describeTyped(result)].join('\n');
  return [where, ...explain(task, result, run.outcomes), ...describeTyped(result)].join('\n');
}

function explain(task: Task, result: TrialResult, outcomes: readonly StepOutcome[]): string[] {
  const { kind, hint, number } = result;
  const seen = hint ? describeCheck(task, result, hint, outcomes) : [];
  switch (kind) {
    case 'before':
      return [
        '    All checks pass before anything is done. Add a check that fails until the reader has reached the goal.',
      ];
    case 'solution':
      return ['    This solution does not pass. Correct it, or the check:', ...seen];
    case 'mistake': {
      const expected = task.mistakes[number - 1]?.hint ?? '';
      if (!hint) {
        return [
          `    All checks pass after this mistake, but the hint "${expected}" is expected. Add a check that detects the mistake.`,
        ];
      }
      return [
        `    The hint "${expected}" is expected, but the reader gets "${hint.id}". Correct \`hint\`, a \`when\`, or the order of checks:`,
        ...seen,
      ];
    }
  }
}

function describeCheck(
  task: Task,
  { values }: TrialResult,
  hint: ShownHint,
  outcomes: readonly StepOutcome[],
): string[] {
  const [check, outcome] = [task.checks[hint.check], outcomes[hint.check]];
  if (!check || !outcome) return [];
  const { run, prints, status } = fillCheck(check, values);
  return [
    `    Check ${hint.check + 1} fails: $ ${run}`,
    ...(prints && !outputMatches(prints, outcome.lines)
      ? prints.map((line) => `    - ${line}`)
      : []),
    ...outcome.lines.map((line) => `    + ${line}`),
    ...(outcome.status === status
      ? []
      : [
          `    Its exit status has to be ${status}, but ${outcome.status === undefined ? 'a program waits for input' : `it was ${outcome.status}`}.`,
        ]),
    `    The reader gets the hint "${hint.id}".`,
  ];
}

/** The typed commands that failed, since they may be the reason. */
function describeTyped({ typed }: TrialResult): string[] {
  return typed
    .filter(({ status }) => status !== 0)
    .flatMap(({ command, status, lines }) => [
      `    Typed: $ ${command}`,
      ...lines.map((line) => `      ${line}`),
      `      [${status ?? 'waits'}]`,
    ]);
}
