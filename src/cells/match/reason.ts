/** Explains why live output differs from the printed output, in a word and in a sentence. */
import type { Step } from '../cell.ts';
import { difference } from './difference.ts';
import { showLine, tokenize } from './pattern.ts';
import type { StepOutcome } from '../run/result.ts';

/** The kinds of differences. Each is the id of a heading in content/about/why-outputs-vary.mdx. */
export const reasons = [
  'input',
  'cut',
  'status',
  'order',
  'durations',
  'numbers',
  'missing-lines',
  'more-lines',
  'other-lines',
] as const;
export type Reason = (typeof reasons)[number];

/** A line that only the printed or only the live output has. */
export interface DifferingLine {
  side: 'printed' | 'live';
  /** The line as shown to readers. */
  text: string;
}

export interface Difference {
  reason: Reason;
  /** The words after “Differs:”. */
  because: string;
  /** The lines that differ, in order. */
  lines: DifferingLine[];
}

/** Durations with a unit (`12 ms`, `0.5s`, `1m2.03s`) and clock times. */
const DURATION =
  /\b\d+m\d+(?:\.\d+)?s\b|\b\d+(?:\.\d+)? ?(?:ns|us|µs|ms|s|sec|seconds?|min|minutes?)\b|\b\d+(?::\d\d)+(?:\.\d+)?\b/;
/** Decimal and hexadecimal numbers, and names that consist of such digits. */
const NUMBER = /\b0x[0-9a-f]+\b|\b(?=[a-f]*\d)[0-9a-f]{7,}\b|\d+(?:\.\d+)?/;

/** Live lines that are compared: a flood of output must not block the reader's page. */
const MAX_COMPARED = 5000;

/** The difference between an outcome and its step as printed; undefined if there is none. */
export function findDifference(
  step: Pick<Step, 'output' | 'status' | 'waits' | 'stops'>,
  { lines, status, matches, truncated, hasStopped }: StepOutcome,
): Difference | undefined {
  if (matches) return undefined;
  const changes = difference(step.output, lines.slice(0, MAX_COMPARED)).filter(
    ({ kind }) => kind !== 'kept',
  );
  const printed = changes.flatMap((c) => (c.kind === 'removed' ? [c.expected] : []));
  const live = changes.flatMap((c) => (c.kind === 'added' ? [c.actual] : []));
  const differ = (reason: Reason, because: string): Difference => ({
    reason,
    because,
    lines: changes.flatMap((c): DifferingLine[] => {
      if (c.kind === 'removed') return [{ side: 'printed', text: showLine(c.expected) }];
      return c.kind === 'added' ? [{ side: 'live', text: c.actual }] : [];
    }),
  });
  if (status === undefined && !step.waits && !hasStopped)
    return differ('input', 'a program waits for input');
  if (step.stops && !hasStopped) {
    return differ('status', `the machine did not stop; the exit status was ${status}`);
  }
  if (truncated) return differ('cut', 'there was too much output to keep');
  if (step.waits && status !== undefined) {
    return differ('status', `no program waits for input; the exit status is ${status}`);
  }
  if (!step.waits && !step.stops && status !== step.status) {
    return differ('status', `the exit status is ${status} and not ${step.status}`);
  }
  if (lines.length > MAX_COMPARED)
    return differ('more-lines', extra(lines.slice(step.output.length)));
  return differ(...compareLines(printed, live));
}

function compareLines(printed: readonly string[], live: readonly string[]): [Reason, string] {
  if (!live.length) return ['missing-lines', missing(printed)];
  if (!printed.length) return ['more-lines', extra(live)];
  if (printed.length !== live.length) return ['other-lines', 'the lines are different'];
  if (printed.toSorted().join('\n') === live.toSorted().join('\n')) {
    return ['order', 'the lines are in a different order'];
  }
  const onlyThat = (token: RegExp) => printed.every((line, i) => sameBut(line, live[i], token));
  if (onlyThat(DURATION)) return ['durations', 'a time is different'];
  if (onlyThat(NUMBER)) return ['numbers', 'a number is different'];
  return ['other-lines', printed.length === 1 ? 'a line is different' : 'the lines are different'];
}

function missing({ length }: readonly string[]): string {
  return length === 1 ? 'a line is missing' : `${length} lines are missing`;
}

function extra({ length }: readonly string[]): string {
  return length === 1 ? 'there is an extra line' : `there are ${length} extra lines`;
}

/** Limits for a closer comparison: the number of parts that may vary, and the length of the line. */
const MAX_VARYING = 2;
const MAX_LENGTH = 1000;

/** Whether a line is as printed, except for matches of the expression and parts that may vary. */
function sameBut(printed: string, live: string | undefined, token: RegExp): boolean {
  const parts = tokenize(printed);
  // Each part that may vary multiplies the positions to try, which must not block the reader's page.
  const varying = parts.filter(({ kind }) => kind !== 'text').length;
  if (varying > MAX_VARYING || (live?.length ?? 0) > MAX_LENGTH) return false;
  const pattern = parts.map((part) => (part.kind === 'text' ? withToken(part.text, token) : '.*'));
  return new RegExp(`^${pattern.join('')}$`).test(live ?? '');
}

function withToken(text: string, token: RegExp): string {
  const between = text.split(new RegExp(token, 'g')).map(escape);
  return between.join(`(?:${token.source})`);
}

// Browsers from 2024 do not have RegExp.escape yet.
function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
