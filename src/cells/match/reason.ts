/** Why what came is not what is printed, in a word and in a sentence. */
import type { Step } from '../cell.ts';
import { difference } from './difference.ts';
import { showLine, tokenize } from './pattern.ts';
import type { StepOutcome } from '../run/result.ts';

/** The kinds of differences. Each is the name of a heading in content/about/why-outputs-vary.mdx. */
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

/** A line of only one side. */
export interface DifferingLine {
  side: 'printed' | 'live';
  /** As a reader should see it. */
  text: string;
}

export interface Difference {
  reason: Reason;
  /** What stands after “Differs, because”. */
  because: string;
  /** The lines that differ, in order. */
  lines: DifferingLine[];
}

/** Times with their unit: `12 ms`, `0.5s`, `1m2.03s`; and clock times. */
const DURATION =
  /\b\d+m\d+(?:\.\d+)?s\b|\b\d+(?:\.\d+)? ?(?:ns|us|µs|ms|s|sec|seconds?|min|minutes?)\b|\b\d+(?::\d\d)+(?:\.\d+)?\b/;
/** Numbers, in base 16, too, and names made of such digits. */
const NUMBER = /\b0x[0-9a-f]+\b|\b(?=[a-f]*\d)[0-9a-f]{7,}\b|\d+(?:\.\d+)?/;

/** How an outcome differs from its step as printed; undefined when it does not. */
export function findDifference(
  step: Pick<Step, 'output' | 'status'>,
  { lines, status, matches, truncated }: StepOutcome,
): Difference | undefined {
  if (matches) return undefined;
  const changes = difference(step.output, lines).filter(({ kind }) => kind !== 'kept');
  const printed = changes.flatMap((c) => (c.kind === 'removed' ? [c.expected] : []));
  const live = changes.flatMap((c) => (c.kind === 'added' ? [c.actual] : []));
  const told = (reason: Reason, because: string): Difference => ({
    reason,
    because,
    lines: changes.flatMap((c): DifferingLine[] => {
      if (c.kind === 'removed') return [{ side: 'printed', text: showLine(c.expected) }];
      return c.kind === 'added' ? [{ side: 'live', text: c.actual }] : [];
    }),
  });
  if (status === undefined) return told('input', 'a program waits for input');
  if (truncated) return told('cut', 'there was more output than is kept');
  if (status !== step.status) {
    return told('status', `the exit status is ${status} and not ${step.status}`);
  }
  return told(...compareLines(printed, live));
}

function compareLines(printed: readonly string[], live: readonly string[]): [Reason, string] {
  if (!live.length) return ['missing-lines', `${count(printed)} missing`];
  if (!printed.length) return ['more-lines', `${count(live)} not printed here`];
  if (printed.length !== live.length) return ['other-lines', 'other lines came'];
  if (printed.toSorted().join('\n') === live.toSorted().join('\n')) {
    return ['order', 'the lines came in another order'];
  }
  const onlyThat = (token: RegExp) => printed.every((line, i) => sameBut(line, live[i], token));
  if (onlyThat(DURATION)) return ['durations', 'it took another time'];
  if (onlyThat(NUMBER)) return ['numbers', 'a number is another one'];
  return ['other-lines', printed.length === 1 ? 'another line came' : 'other lines came'];
}

function count({ length }: readonly string[]): string {
  return length === 1 ? 'a line is' : `${length} lines are`;
}

/** Lines with more parts that may vary, or longer ones, are not told apart any further. */
const MOST_OPEN = 2;
const LONGEST = 1000;

/** Whether a line is as printed but for what the expression finds, and for what may vary. */
function sameBut(printed: string, live: string | undefined, token: RegExp): boolean {
  const parts = tokenize(printed);
  // Each part that may vary multiplies the places to try; a reader's page must not wait for them.
  const open = parts.filter(({ kind }) => kind !== 'text').length;
  if (open > MOST_OPEN || (live?.length ?? 0) > LONGEST) return false;
  const pattern = parts.map((part) => (part.kind === 'text' ? withToken(part.text, token) : '.*'));
  return new RegExp(`^${pattern.join('')}$`).test(live ?? '');
}

function withToken(text: string, token: RegExp): string {
  const between = text.split(new RegExp(token, 'g')).map(escape);
  return between.join(`(?:${token.source})`);
}

// Browsers of 2024 have no RegExp.escape yet.
function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
