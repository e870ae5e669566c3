/** The findings of the verifier, and their wording for the chapter's author. */
import type { Activity, ActivityKind } from '../activity.ts';
import type { Cell, Step } from '../cell.ts';
import { endMatches } from '../match/compare.ts';
import { difference, mergeOutput } from '../match/difference.ts';
import type { RunResult, StepOutcome, Verdict } from '../run/result.ts';
import type { Task } from '../task.ts';
import { describeTrial } from './task-trial.ts';
import type { TrialResult } from './task-trial.ts';

export const passes = ['in page order', 'alone'] as const;
/** A cell runs after all cells above it, or only after those that it names. A task has trials. */
export type Pass = (typeof passes)[number] | `task: ${string}`;

/** The result of one activity in one pass. */
export interface Finding extends RunResult {
  id: string;
  pass: Pass;
  /** Whether it differed, and printed something else when it ran again. */
  varies?: boolean;
  /** The trial of a task that was made. */
  trial?: TrialResult;
}

/** A finding in words. */
export interface Proof {
  file: string;
  line: number;
  kind: ActivityKind;
  /** The id of the cell or task. */
  cell: string;
  pass: Pass;
  verdict: Verdict;
  seconds: number;
  /** Whether the cell printed something else when it ran again. */
  varies?: boolean;
  /** The differences and errors, by line; absent when the cell passed. */
  fault?: string;
}

/** The cell with the machine's output in place of its own where they differ. */
export function acceptOutcomes(cell: Cell, outcomes: readonly StepOutcome[]): Cell {
  const steps = cell.steps.map((step, i) => {
    const outcome = outcomes[i];
    // A page cannot print truncated output.
    if (!outcome || outcome.truncated || outcome.matches) return step;
    const output = mergeOutput(step.output, outcome.lines);
    if (endMatches(step, outcome)) return { ...step, output };
    // Nor can it show that a program is still waiting for input, unless the author wrote `[waits]`.
    return outcome.status === undefined ? step : { ...step, output, status: outcome.status };
  });
  return { ...cell, steps };
}

/** Number of consecutive lines of a difference that are shown; the rest is only counted. */
const MAX_LINES = 30;

/** Puts a finding into words. */
export function describeFinding(activity: Activity, finding: Finding): Proof {
  const { id: cell, kind, position } = activity;
  const { pass, verdict, milliseconds, varies } = finding;
  const { file, line } = position;
  const seconds = milliseconds / 1000;
  const proof = { file, line, kind, cell, pass, verdict, seconds, ...(varies && { varies }) };
  if (verdict === 'passed') return proof;
  switch (activity.kind) {
    case 'cell':
      return { ...proof, fault: faultOf(activity, finding) };
    case 'task':
      return { ...proof, fault: faultOfTask(activity, finding) };
  }
}

/** Prints position, cell and fault, and the passes that found it. */
export function printFault(proof: Proof, passes: string = proof.pass): string {
  const { file, line, kind, cell, verdict, fault = '' } = proof;
  return `${file}:${line}  ${kind} "${cell}" ${verdict}, ${passes}\n${fault}`;
}

/**
 * Prints the faults of one activity: its position, the printed lines (-) and the live lines (+). A fault that
 * both passes found is printed once. Empty when all passed.
 */
export function printProofs({ id, after }: Activity, proofs: readonly Proof[]): string {
  const faults = proofs.filter(({ verdict }) => verdict !== 'passed');
  const firsts = faults.filter(
    (proof, i) => faults.findIndex(({ fault }) => fault === proof.fault) === i,
  );
  const printed = firsts.map((first) => {
    const same = faults.filter(({ fault }) => fault === first.fault);
    return printFault(first, same.map(({ pass }) => pass).join(' and '));
  });
  const advice = adviceFor(id, after, proofs);
  return [...printed, ...(printed.length && advice ? [`  ${advice}`] : [])].join('\n');
}

/** Advice for an activity whose result varies, or that fails in only one of the two passes. */
function adviceFor(
  id: string,
  after: readonly string[],
  proofs: readonly Proof[],
): string | undefined {
  if (proofs.some(({ varies }) => varies)) {
    return (
      `"${id}" printed something else when it ran again, so its result varies. Print only what stays the same, or ` +
      'write <pid>, <number>, <duration> or ... for the rest. If it compares times, the computer may have been busy.'
    );
  }
  const [inOrder, alone] = passes.map((pass) => {
    const proof = proofs.find((each) => each.pass === pass);
    return proof && proof.verdict === 'passed';
  });
  if (inOrder === true && alone === false) {
    const now = after.length ? `after=${after.join(',')},…` : 'after=…';
    return `"${id}" works after all cells above it, but not without them: it needs one that it does not name. Add it: ${now}`;
  }
  if (inOrder === false && alone === true) {
    return `"${id}" works alone, but not after the cells above it: one of them leaves something behind. Clean up there, or let "${id}" begin on a clean machine: fresh`;
  }
  return undefined;
}

function faultOfTask(task: Task, finding: Finding): string {
  if (finding.trial) return describeTrial(task, finding.trial, finding);
  return `  ${finding.failure?.message ?? ''}`;
}

function faultOf(cell: Cell, { outcomes, failure }: RunResult): string {
  const lines: string[] = [];
  const { file } = cell.position;
  outcomes.forEach((outcome, i) => {
    const step = cell.steps[i];
    if (!step || outcome.matches) return;
    lines.push(...describeStep(file, step, outcome).map((line) => `  ${line}`));
  });
  if (failure) {
    const failed = cell.steps[outcomes.length];
    lines.push(
      `  ${file}:${failed?.line ?? cell.position.line}  $ ${failed ? firstLine(failed) : ''}`,
    );
    lines.push(`    ${failure.message}${hintFor(failure.name, cell)}`);
  }
  return lines.join('\n');
}

function hintFor(name: string, { timeout }: Cell): string {
  if (name === 'GuestStopped')
    return ' If the machine is meant to stop, write [stops] as the last line of the step.';
  if (name !== 'StepTimeout') return '';
  return ` If it needs longer, write timeout=${Math.min(600, timeout * 2)}; if it never ends, write interrupt="text".`;
}

const firstLine = ({ command }: Step): string => command.split('\n')[0] ?? '';

/** Describes a step that is not as printed. */
function describeStep(file: string, step: Step, outcome: StepOutcome): string[] {
  const { lines, status } = outcome;
  const report = [`${file}:${step.line}  $ ${firstLine(step)}`];
  const changes = difference(step.output, lines);
  if (changes.some(({ kind }) => kind !== 'kept')) {
    report.push('  The output differs: - is printed in the chapter, + came from the machine.');
    report.push(...describeChanges(changes).map((line) => `  ${line}`));
  }
  if (!endMatches(step, outcome)) report.push(...describeEnd(step, status));
  return report;
}

function describeEnd(step: Step, status: number | undefined): string[] {
  if (status === undefined) {
    return [
      '  The step does not end: a program waits for input.',
      '  Give the program its input in the command, for example with <<<. If the step is meant to end like this,',
      '  write [waits] as its last line.',
    ];
  }
  if (step.stops) return [`  The page has [stops], but the step ended with exit status ${status}.`];
  if (step.waits)
    return [`  [waits] is printed, but the step ended with the exit status ${status}.`];
  return [`  The exit status differs: ${step.status} is printed, but it was ${status}.`];
}

function describeChanges(changes: ReturnType<typeof difference>): string[] {
  const lines: string[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    lines.push(...shorten(removed), ...shorten(added));
    removed = [];
    added = [];
  };
  for (const change of changes) {
    if (change.kind === 'removed') removed.push(`- ${change.expected}`);
    else if (change.kind === 'added') added.push(`+ ${change.actual}`);
    else {
      flush();
      lines.push(`  ${change.expected}`);
    }
  }
  flush();
  return lines;
}

function shorten(lines: readonly string[]): string[] {
  if (lines.length <= MAX_LINES) return [...lines];
  const mark = lines[0]?.[0] ?? '';
  return [...lines.slice(0, MAX_LINES), `${mark} … and ${lines.length - MAX_LINES} more lines`];
}
