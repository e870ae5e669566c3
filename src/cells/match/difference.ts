/** Finds the lines in which live output differs from the printed output, and merges the two. */
import { outputMatches } from './compare.ts';
import { ANY, escapeLine, lineTest } from './pattern.ts';

export type Change =
  /** A printed line that matches; `...` alone matches any number of lines. */
  | { kind: 'kept'; expected: string; actual: readonly string[] }
  /** A printed line without a live one. */
  | { kind: 'removed'; expected: string }
  /** A live line without a printed one. */
  | { kind: 'added'; actual: string };

/** The cost of each kind of edit. Replacing a line is cheaper than removing one and inserting another. */
const INSERT = 2;
const REPLACE = 3;
const REMOVE = 4;
/** Larger tables take too long; then all lines between the first and the last change count as changed. */
const MAX_TABLE_CELLS = 1_000_000;

/** The cheapest changes from the printed to the live output, in order. */
export function difference(expected: readonly string[], actual: readonly string[]): Change[] {
  const fits = (line: string | undefined, other: string | undefined): boolean =>
    line !== undefined && line !== ANY && other !== undefined && lineTest(line)(other);
  let head = 0;
  while (fits(expected[head], actual[head])) head++;
  let tail = 0;
  const longest = Math.min(expected.length, actual.length) - head;
  while (tail < longest && fits(expected.at(-1 - tail), actual.at(-1 - tail))) tail++;
  const keep = (from: number, to: number, shift: number): Change[] =>
    expected.slice(from, to).map((line, i) => {
      return {
        kind: 'kept',
        expected: line,
        actual: actual.slice(from + i + shift, from + i + shift + 1),
      };
    });
  const shift = actual.length - expected.length;
  return [
    ...keep(0, head, 0),
    ...between(
      expected.slice(head, expected.length - tail),
      actual.slice(head, actual.length - tail),
    ),
    ...keep(expected.length - tail, expected.length, shift),
  ];
}

function between(expected: readonly string[], actual: readonly string[]): Change[] {
  if ((expected.length + 1) * (actual.length + 1) > MAX_TABLE_CELLS) {
    return [
      ...expected.map((line): Change => ({ kind: 'removed', expected: line })),
      ...actual.map((line): Change => ({ kind: 'added', actual: line })),
    ];
  }
  const tests = expected.map(lineTest);
  const costs = costTable(expected, actual, tests);
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < expected.length || j < actual.length) {
    const line = expected[i];
    const came = actual[j];
    const here = costs(i, j);
    if (line === ANY) {
      const from = j;
      while (costs(i + 1, j) !== here) j++;
      changes.push({ kind: 'kept', expected: line, actual: actual.slice(from, j) });
      i++;
    } else if (
      line !== undefined &&
      came !== undefined &&
      here === costs(i + 1, j + 1) &&
      tests[i]?.(came)
    ) {
      changes.push({ kind: 'kept', expected: line, actual: [came] });
      i++;
      j++;
    } else if (line !== undefined && came !== undefined && here === REPLACE + costs(i + 1, j + 1)) {
      changes.push({ kind: 'removed', expected: line }, { kind: 'added', actual: came });
      i++;
      j++;
    } else if (came !== undefined && here === INSERT + costs(i, j + 1)) {
      changes.push({ kind: 'added', actual: came });
      j++;
    } else {
      changes.push({ kind: 'removed', expected: line ?? '' });
      i++;
    }
  }
  return changes;
}

/** The least cost for each pair of remaining printed and live lines. */
function costTable(
  expected: readonly string[],
  actual: readonly string[],
  tests: readonly ((line: string) => boolean)[],
): (i: number, j: number) => number {
  const width = actual.length + 1;
  const table = new Uint32Array((expected.length + 1) * width).fill(0xffffffff);
  const at = (i: number, j: number): number =>
    i > expected.length || j > actual.length ? Infinity : (table[i * width + j] ?? Infinity);
  for (let i = expected.length; i >= 0; i--) {
    for (let j = actual.length; j >= 0; j--) {
      const line = expected[i];
      const came = actual[j];
      const costs = [line === ANY ? at(i, j + 1) : INSERT + at(i, j + 1)];
      if (line === undefined && came === undefined) costs.push(0);
      if (line === ANY) costs.push(at(i + 1, j));
      else if (line !== undefined) costs.push(REMOVE + at(i + 1, j));
      if (line !== undefined && line !== ANY && came !== undefined) {
        costs.push((tests[i]?.(came) ? 0 : REPLACE) + at(i + 1, j + 1));
      }
      table[i * width + j] = Math.min(...costs);
    }
  }
  return at;
}

/**
 * The new text for a step. Output that matches keeps the author's text. Otherwise the author's matching lines
 * stay, with their patterns, and live lines replace the others.
 */
export function mergeOutput(expected: readonly string[], actual: readonly string[]): string[] {
  if (outputMatches(expected, actual)) return [...expected];
  return difference(expected, actual).flatMap((change) => {
    if (change.kind === 'kept') return [change.expected];
    return change.kind === 'added' ? [escapeLine(change.actual)] : [];
  });
}
