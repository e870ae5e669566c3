/** Proves the cells of a chapter on a machine: in page order, and each alone with what it needs. */
import type { CheckpointId } from '../machine/checkpoints.ts';
import type { Machine } from '../machine/machine.ts';
import type { Cell } from './cell.ts';
import { mergeOutput } from './compare.ts';
import { chainOf } from './chain.ts';
import { runCell } from './run.ts';
import type { StepOutcome } from './run.ts';

export type Pass = 'in page order' | 'alone';

/** What was found for one cell in one pass. */
export interface Finding {
  cell: Cell;
  pass: Pass;
  /** As printed, differs, or could not be run to its end for the reason given. */
  outcomes: StepOutcome[];
  error?: { name: string; message: string };
}

export function isProved({ error, outcomes, cell }: Finding): boolean {
  return !error && outcomes.length === cell.steps.length && outcomes.every((step) => step.matches);
}

async function proveCell(machine: Machine, cell: Cell, pass: Pass): Promise<Finding> {
  const outcomes: StepOutcome[] = [];
  try {
    await runCell(machine, cell, { onOutcome: (_, outcome) => outcomes.push(outcome) });
    return { cell, pass, outcomes };
  } catch (reason) {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    // The sessions may be anywhere now.
    await machine.start();
    await machine.reset();
    return { cell, pass, outcomes, error };
  }
}

/** Runs the cells in page order on a clean machine. */
export async function* proveInOrder(machine: Machine, cells: Cell[]): AsyncGenerator<Finding> {
  await machine.reset();
  for (const cell of cells) yield await proveCell(machine, cell, 'in page order');
}

const keyOf = (cells: readonly Cell[]): string => cells.map((cell) => cell.id).join(' ');

/**
 * Runs each cell after its chain, and nothing else. The state after a chain is kept, so that each
 * cell runs once, however many depend on it.
 */
export async function* proveAlone(
  machine: Machine,
  cells: Cell[],
  chosen: readonly Cell[] = cells,
): AsyncGenerator<Finding> {
  const kept = new Map<string, CheckpointId>();
  const needed = new Set(cells.map((cell) => keyOf(chainOf(cells, cell.id))));

  async function proveAfter(chain: Cell[], cell: Cell): Promise<Finding> {
    await reach(chain);
    const finding = await proveCell(machine, cell, 'alone');
    const key = keyOf([...chain, cell]);
    if (!finding.error && needed.has(key)) kept.set(key, await machine.checkpoint());
    return finding;
  }

  /** Brings the machine into the state after exactly these cells. */
  async function reach(chain: Cell[]): Promise<void> {
    const last = chain.at(-1);
    if (!last) return machine.reset();
    const known = kept.get(keyOf(chain));
    if (known !== undefined && (await machine.returnTo(known))) return;
    // What goes wrong here is told when the cell itself is proved.
    await proveAfter(chain.slice(0, -1), last);
  }

  for (const cell of chosen) yield await proveAfter(chainOf(cells, cell.id), cell);
}

/** The cell with what the machine printed, where that differs. */
export function acceptOutcomes(cell: Cell, outcomes: readonly StepOutcome[]): Cell {
  const steps = cell.steps.map((step, i) => {
    const outcome = outcomes[i];
    if (!outcome || outcome.matches) return step;
    const output = mergeOutput(step.output, outcome.lines);
    return { ...step, output, status: outcome.status ?? 0 };
  });
  return { ...cell, steps };
}

/** A finding for people: where, what was printed (-) and what came (+). */
export function describeFinding({ cell, pass, outcomes, error }: Finding): string {
  const lines = [`${cell.place.file}:${cell.place.line}  cell "${cell.id}", ${pass}`];
  outcomes.forEach((outcome, i) => {
    const step = cell.steps[i];
    if (outcome.matches || !step) return;
    lines.push(`  ${cell.place.file}:${step.line}  $ ${step.command.split('\n')[0] ?? ''}`);
    lines.push(...difference(step.output, outcome.lines).map((line) => `    ${line}`));
    if ((outcome.status ?? 0) !== step.status) {
      const came = outcome.status ?? 'unknown: a program waits for input';
      lines.push(`    - exit status ${step.status}`, `    + exit status ${came}`);
    }
  });
  const failed = cell.steps[outcomes.length];
  if (error) {
    lines.push(
      `  ${cell.place.file}:${failed?.line ?? cell.place.line}  ${error.name}: ${error.message}`,
    );
  }
  return lines.join('\n');
}

/** Lines that only the first (-) or only the second (+) has; longest common subsequence. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  const common = before.map(() => new Array<number>(after.length + 1).fill(0));
  common.push(new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i];
      if (!row) continue;
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(`  ${before[i++] ?? ''}`);
      j++;
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`- ${before[i++] ?? ''}`);
    } else {
      lines.push(`+ ${after[j++] ?? ''}`);
    }
  }
  return lines;
}
