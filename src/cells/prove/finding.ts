/** What a proof of a cell found, and how it is told to the chapter's author. */
import type { Cell, Step } from '../cell.ts';
import { difference, mergeOutput } from '../match/difference.ts';
import type { StepOutcome } from '../run/run-cell.ts';

export const passes = ['in page order', 'alone'] as const;
/** After all cells above it, or after those that it names and nothing else. */
export type Pass = (typeof passes)[number];

/** What was found for one cell in one pass. */
export interface Finding {
  cell: Cell;
  pass: Pass;
  /** Of the steps that ran, in order. */
  outcomes: StepOutcome[];
  /** Why the next step did not run to its end. */
  error?: { name: string; message: string };
  seconds: number;
}

export type Verdict =
  | 'passed'
  /** Output or exit status are others than printed. */
  | 'differs'
  | 'timed out'
  /** The machine failed meanwhile. */
  | 'crashed'
  /** A step that the shell does not take, or a cell before it that could not be run. */
  | 'not run';

export function verdictOf({ error, outcomes }: Finding): Verdict {
  if (!error) return outcomes.every((outcome) => outcome.matches) ? 'passed' : 'differs';
  if (error.name === 'StepTimeout') return 'timed out';
  return error.name === 'StepError' || error.name === 'NotRun' ? 'not run' : 'crashed';
}

export function isProved(finding: Finding): boolean {
  return verdictOf(finding) === 'passed';
}

/** The cell with what the machine printed, where that differs. */
export function acceptOutcomes(cell: Cell, outcomes: readonly StepOutcome[]): Cell {
  const steps = cell.steps.map((step, i) => {
    const outcome = outcomes[i];
    // What was cut, or has no status since a program waits, is nothing that a page could promise.
    if (outcome?.status === undefined || outcome.truncated || outcome.matches) return step;
    return { ...step, output: mergeOutput(step.output, outcome.lines), status: outcome.status };
  });
  return { ...cell, steps };
}

/** How many lines of a difference are shown in a row before the rest is counted. */
const MOST_LINES = 30;

/**
 * The findings of one cell for people: where, what is printed (-) and what came (+). What both
 * passes found is told once. Empty when all passed.
 */
export function describeFindings(findings: readonly Finding[]): string {
  const texts = new Map<string, Finding[]>();
  for (const finding of findings.filter((each) => !isProved(each))) {
    const text = details(finding);
    texts.set(text, [...(texts.get(text) ?? []), finding]);
  }
  const told = [...texts].map(([text, same]) => {
    const [{ cell, pass } = { cell: undefined, pass: '' }] = same;
    const place = `${cell?.place.file ?? ''}:${cell?.place.line ?? 0}`;
    const verdict = same[0] ? verdictOf(same[0]) : '';
    const where = same.length > 1 ? same.map((each) => each.pass).join(' and ') : pass;
    return `${place}  cell "${cell?.id ?? ''}" ${verdict}, ${where}\n${text}`;
  });
  const advice = adviceFor(findings);
  if (told.length && advice) told.push(`  ${advice}`);
  return told.join('\n');
}

/** What one pass alone cannot tell: a proof that fails in one of the two passes only. */
function adviceFor(findings: readonly Finding[]): string | undefined {
  const proved = (pass: Pass): boolean | undefined => {
    const finding = findings.find((each) => each.pass === pass);
    return finding && isProved(finding);
  };
  const { after = [], id = '' } = findings[0]?.cell ?? {};
  if (proved('in page order') === true && proved('alone') === false) {
    const now = after.length ? `after=${after.join(',')},…` : 'after=…';
    return `"${id}" works after all cells above it, but not without them: it needs one that it does not name. Add it: ${now}`;
  }
  if (proved('in page order') === false && proved('alone') === true) {
    return `"${id}" works alone, but not after the cells above it: one of them leaves something behind. Clean up there, or let "${id}" begin on a clean machine: fresh`;
  }
  return undefined;
}

function details({ cell, outcomes, error }: Finding): string {
  const lines: string[] = [];
  const { file } = cell.place;
  outcomes.forEach((outcome, i) => {
    const step = cell.steps[i];
    if (!step || outcome.matches) return;
    lines.push(...describeStep(file, step, outcome).map((line) => `  ${line}`));
  });
  if (error) {
    const failed = cell.steps[outcomes.length];
    lines.push(
      `  ${file}:${failed?.line ?? cell.place.line}  $ ${failed ? firstLine(failed) : ''}`,
    );
    lines.push(`    ${error.message}${hintFor(error.name, cell)}`);
  }
  return lines.join('\n');
}

function hintFor(name: string, { timeout }: Cell): string {
  if (name !== 'StepTimeout') return '';
  return ` If it needs longer, write timeout=${Math.min(600, timeout * 2)}; if it never ends, write interrupt="text".`;
}

const firstLine = ({ command }: Step): string => command.split('\n')[0] ?? '';

/** One step that is not as printed. */
function describeStep(file: string, step: Step, { lines, status }: StepOutcome): string[] {
  const told = [`${file}:${step.line}  $ ${firstLine(step)}`];
  const changes = difference(step.output, lines);
  if (changes.some(({ kind }) => kind !== 'kept')) {
    told.push('  The output differs: - is printed in the chapter, + came from the machine.');
    told.push(...describeChanges(changes).map((line) => `  ${line}`));
  }
  if ((status ?? 0) !== step.status) {
    const came = status === undefined ? 'none: a program waits for input' : String(status);
    told.push(`  The exit status differs: ${step.status} is printed, ${came} came.`);
  }
  return told;
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
  if (lines.length <= MOST_LINES) return [...lines];
  const mark = lines[0]?.[0] ?? '';
  return [...lines.slice(0, MOST_LINES), `${mark} … and ${lines.length - MOST_LINES} more lines`];
}
