/** Which lines of a step's output are not as printed. */
import { lineMatches } from './compare.ts';

export interface DiffLine {
  /** Only printed, only in what came, or in both. */
  side: 'printed' | 'live' | 'both';
  text: string;
}

/** Stands alone for any lines. */
const ANY = '...';
/** Lines of each side that are compared; the effort grows with the square. */
const MOST = 400;

/** Both texts as one list, in order, with as few lines of one side only as possible. */
export function diffLines(printed: readonly string[], live: readonly string[]): DiffLine[] {
  const start = commonLength(printed, live, (lines, i) => lines[i]);
  const rest = [printed.slice(start), live.slice(start)] as const;
  const end = commonLength(...rest, (lines, i) => lines[lines.length - 1 - i]);
  const [before, after] = rest.map((lines) => lines.slice(0, lines.length - end));
  return [
    ...live.slice(0, start).map(both),
    ...align((before ?? []).slice(0, MOST), (after ?? []).slice(0, MOST)),
    ...live.slice(live.length - end).map(both),
  ];
}

const both = (text: string): DiffLine => ({ side: 'both', text });

function commonLength(
  printed: readonly string[],
  live: readonly string[],
  at: (lines: readonly string[], i: number) => string | undefined,
): number {
  let i = 0;
  for (; i < Math.min(printed.length, live.length); i++) {
    const line = at(printed, i) ?? '';
    if (line === ANY || !lineMatches(line, at(live, i) ?? '')) break;
  }
  return i;
}

/** The fewest differences from here to the end, for each pair of places. */
function countDifferences(printed: readonly string[], live: readonly string[]): number[][] {
  const counts = Array.from({ length: printed.length + 1 }, () =>
    new Array<number>(live.length + 1).fill(0),
  );
  for (let i = printed.length; i >= 0; i--) {
    for (let j = live.length; j >= 0; j--) {
      const row = counts[i];
      if (row) row[j] = fewest(printed[i], live[j], (di, dj) => counts[i + di]?.[j + dj] ?? 0);
    }
  }
  return counts;
}

type After = (printedLines: number, liveLines: number) => number;

function fewest(line: string | undefined, came: string | undefined, after: After): number {
  if (line === undefined) return came === undefined ? 0 : after(0, 1) + 1;
  if (line === ANY) return came === undefined ? after(1, 0) : Math.min(after(1, 0), after(0, 1));
  if (came === undefined) return after(1, 0) + 1;
  if (lineMatches(line, came)) return after(1, 1);
  return Math.min(after(1, 0), after(0, 1)) + 1;
}

function align(printed: readonly string[], live: readonly string[]): DiffLine[] {
  const counts = countDifferences(printed, live);
  const found: DiffLine[] = [];
  let [i, j] = [0, 0];
  const after: After = (di, dj) => counts[i + di]?.[j + dj] ?? Infinity;
  while (i < printed.length || j < live.length) {
    const [line, came] = [printed[i], live[j]];
    if (line === ANY) {
      if (came !== undefined && after(0, 1) < after(1, 0)) found.push(both(live[j++] ?? ''));
      else i++;
    } else if (line !== undefined && came !== undefined && lineMatches(line, came)) {
      found.push(both(came));
      [i, j] = [i + 1, j + 1];
    } else if (line !== undefined && (came === undefined || after(1, 0) <= after(0, 1))) {
      found.push({ side: 'printed', text: line });
      i++;
    } else {
      found.push({ side: 'live', text: came ?? '' });
      j++;
    }
  }
  return found;
}
