/** Proves the cells of a chapter on a machine: in page order, and each alone with what it needs. */
import type { CheckpointId } from '../../machine/checkpoints.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Cell } from '../cell.ts';
import { chainOf, turnsOf } from '../run/chain.ts';
import type { Finding, Pass } from './finding.ts';
import { runCell } from '../run/run-cell.ts';
import type { StepOutcome } from '../run/run-cell.ts';

const secondsSince = (begun: number): number => (performance.now() - begun) / 1000;

/** Runs a cell. A failure of the step or the machine is a finding, and the machine is clean after it. */
async function proveCell(machine: Machine, cell: Cell, pass: Pass): Promise<Finding> {
  const begun = performance.now();
  const outcomes: StepOutcome[] = [];
  try {
    await runCell(machine, cell, { onOutcome: (_, outcome) => outcomes.push(outcome) });
    return { cell, pass, outcomes, seconds: secondsSince(begun) };
  } catch (reason) {
    const { name, message } = reason instanceof Error ? reason : new Error(String(reason));
    // The sessions may be anywhere now.
    await machine.start();
    await machine.reset();
    return { cell, pass, outcomes, error: { name, message }, seconds: secondsSince(begun) };
  }
}

/** The finding for a cell that needs one which could not be run: to try it again takes time only. */
function notRun(cell: Cell, pass: Pass, broken: string): Finding {
  const message = `Not run, since "${broken}", which it comes after, could not be run.`;
  return { cell, pass, outcomes: [], error: { name: 'NotRun', message }, seconds: 0 };
}

/**
 * Runs the cells in page order from a clean machine, as the page does. What a cell needs and the
 * machine has lost, by a fresh cell or a failure, runs again before it.
 */
export async function* proveInOrder(machine: Machine, cells: Cell[]): AsyncGenerator<Finding> {
  const pass = 'in page order';
  const done = new Set<string>();
  const failed = new Set<string>();
  await machine.reset();

  /** Runs one cell; tells whether it ran to its end. */
  async function prove(cell: Cell): Promise<Finding> {
    const finding = await proveCell(machine, cell, pass);
    // After a failure the machine is a clean one.
    if (finding.error) done.clear();
    if (finding.error) failed.add(cell.id);
    else done.add(cell.id);
    return finding;
  }

  async function proveWithChain(cell: Cell): Promise<Finding> {
    let finding: Finding | undefined;
    for (const turn of turnsOf(cells, cell, done)) {
      if (failed.has(turn.cell.id)) {
        failed.add(cell.id);
        return notRun(cell, pass, turn.cell.id);
      }
      if (turn.clean) {
        await machine.reset();
        done.clear();
      }
      finding = await prove(turn.cell);
    }
    return finding ?? (await prove(cell));
  }

  for (const cell of cells) if (cell.skip === undefined) yield await proveWithChain(cell);
}

const keyOf = (cells: readonly Cell[]): string => cells.map((cell) => cell.id).join(' ');

/** The keys of all chains and of their beginnings: the states to keep. */
function beginningsOf(cells: readonly Cell[]): Set<string> {
  const keys = new Set<string>();
  for (const cell of cells) {
    const chain = chainOf(cells, cell.id);
    for (let length = 1; length <= chain.length; length++) keys.add(keyOf(chain.slice(0, length)));
  }
  return keys;
}

/**
 * Runs each chosen cell after its chain, and nothing else. The state after each beginning of a chain
 * is kept, so that it runs once, however many cells depend on it.
 */
export async function* proveAlone(
  machine: Machine,
  cells: Cell[],
  chosen: readonly Cell[] = cells,
): AsyncGenerator<Finding> {
  const kept = new Map<string, CheckpointId>();
  const failed = new Set<string>();
  const needed = beginningsOf(cells);

  async function proveAfter(chain: Cell[], cell: Cell): Promise<Finding> {
    await reach(chain);
    const broken = chain.find(({ id }) => failed.has(id));
    if (broken) {
      failed.add(cell.id);
      return notRun(cell, 'alone', broken.id);
    }
    const finding = await proveCell(machine, cell, 'alone');
    if (finding.error) failed.add(cell.id);
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
    if (!chain.some(({ id }) => failed.has(id))) await proveAfter(chain.slice(0, -1), last);
  }

  for (const cell of chosen) {
    if (cell.skip === undefined) yield await proveAfter(chainOf(cells, cell.id), cell);
  }
}
