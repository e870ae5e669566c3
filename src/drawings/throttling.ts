/**
 * How a limit on CPU time stops a group: the model of <ThrottlingStrip />. It follows sched-bwc in the kernel's documentation,
 * but leaves out that the kernel hands out the quota in slices of 5 ms. All times are in milliseconds.
 */

/** A limit, the load of the group, and a request to it. Each busy thread has a CPU of its own. */
export interface Load {
  /** The CPU time that the group may use in each period. */
  quota: number;
  period: number;
  /** The number of threads that are always busy. One of them serves the request. */
  threads: number;
  /** The CPU time that the request needs on its thread. */
  request: number;
}

/** The times of each period, and the duration of the request. */
export interface Throttling {
  /** The time from the beginning of a period until the group is stopped. */
  runs: number;
  /** The rest of the period. */
  waits: number;
  /** The duration of a request that arrives at the beginning of a period. */
  best: number;
  /** The duration of a request that arrives when the group has just been stopped. */
  worst: number;
}

export function throttle({ quota, period, threads, request }: Load): Throttling {
  const runs = Math.min(period, quota / threads);
  const waits = period - runs;
  // Of whole numbers, so that no rounding adds a stop.
  const stops = Math.ceil((request * threads) / quota) - 1;
  const best = request + (waits > 0 ? stops * waits : 0);
  return { runs, waits, best, worst: best + waits };
}

/** A piece of a row of the strip: its kind, and its beginning and end in milliseconds. */
export interface Piece {
  kind: 'run' | 'wait';
  from: number;
  to: number;
}

/** The periods of the group from 0 to `end`, in order. */
export function groupPieces({ runs, waits }: Throttling, end: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < end; from += runs + waits) {
    pieces.push({ kind: 'run', from, to: Math.min(end, from + runs) });
    if (waits > 0 && from + runs < end) {
      pieces.push({ kind: 'wait', from: from + runs, to: Math.min(end, from + runs + waits) });
    }
  }
  return pieces;
}

/** The request that takes longest: it arrives when the group has just been stopped in the first period. */
export function requestPieces({ runs, waits, worst }: Throttling): Piece[] {
  const arrival = waits > 0 ? runs : 0;
  const end = arrival + worst;
  return groupPieces({ runs, waits, best: 0, worst: 0 }, end)
    .filter(({ to }) => to > arrival)
    .map((piece) => ({ ...piece, from: Math.max(piece.from, arrival) }));
}
