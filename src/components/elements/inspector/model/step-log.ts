/** Which steps ran when, so that the drawing can say in which step something first appeared. */
import type { RunningStep } from '../../../../cells/run/running-step.ts';

interface Entry {
  step: RunningStep;
  from: number;
  /** Undefined while it runs. */
  to?: number;
}

/** Entries that ended this many milliseconds ago are forgotten. */
const KEPT_MS = 10_000;

/** All times are in milliseconds, from one clock. */
export class StepLog {
  #entries: Entry[] = [];

  /** Notes that a step has begun, or with undefined, that none is running. */
  note(step: RunningStep | undefined, now: number): void {
    const last = this.#entries.at(-1);
    if (last) last.to ??= now;
    this.#entries = this.#entries.filter(({ to }) => to === undefined || now - to < KEPT_MS);
    if (step) this.#entries.push({ step, from: now });
  }

  /** The steps that ran at some time in this period, in their order. */
  between(from: number, to: number): RunningStep[] {
    const inPeriod = this.#entries.filter((each) => each.from <= to && (each.to ?? to) >= from);
    return inPeriod.map(({ step }) => step);
  }
}

const stepWord = (from: number, to: number): string => {
  if (from === to) return `step ${from}`;
  return `steps ${from} ${to === from + 1 ? 'or' : 'to'} ${to}`;
};

/** Describes the steps in which something may have appeared: in step 2 of “A host name of its own”. */
export function describeSteps(
  steps: readonly RunningStep[],
  nameOf: (cell: string) => string,
): string {
  if (!steps.length) return 'while no cell ran';
  const byCell = Map.groupBy(steps, ({ cell }) => cell);
  const parts = [...byCell].map(([cell, each]) => {
    if (cell === undefined) return 'your command';
    const numbers = each.map(({ step }) => step);
    return `${stepWord(Math.min(...numbers), Math.max(...numbers))} of “${nameOf(cell)}”`;
  });
  return `in ${parts.join(' or ')}`;
}
