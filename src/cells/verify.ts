/** Proves the cells of a chapter on a machine: in page order, and each alone with what it needs. */
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
  error?: Error;
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

/** Runs each cell after its chain, and nothing else, on a clean machine. */
export async function* proveAlone(machine: Machine, cells: Cell[]): AsyncGenerator<Finding> {
  for (const cell of cells) {
    await machine.reset();
    const chain = chainOf(cells, cell.id);
    let finding: Finding | undefined;
    for (const each of [...chain, cell]) {
      finding = await proveCell(machine, each, 'alone');
      if (finding.error) break;
    }
    // A chain that breaks is told of the cell that was to be proved.
    if (finding) yield { ...finding, cell };
  }
}

/** The cell with what the machine printed, where that differs. */
export function acceptOutcomes(cell: Cell, outcomes: readonly StepOutcome[]): Cell {
  const steps = cell.steps.map((step, i) => {
    const outcome = outcomes[i];
    if (!outcome || outcome.matches) return step;
    return { ...step, output: mergeOutput(step.output, outcome.lines), status: outcome.status };
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
    if (outcome.status !== step.status) {
      lines.push(`    - exit status ${step.status}`, `    + exit status ${outcome.status}`);
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
