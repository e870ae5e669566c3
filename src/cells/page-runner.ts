/** Runs the cells of one page as its reader asks for them. Knows nothing of the DOM. */
import { explain, MachineError, StepError, StepInterrupted } from '../machine/errors.ts';
import type { Machine } from '../machine/machine.ts';
import type { PageCell } from './cell.ts';
import { chainOf, turnsOf, turnsOfPage } from './chain.ts';
import type { Turn } from './chain.ts';
import { PagePlaces } from './page-places.ts';
import type { Place } from './page-places.ts';
import { runCell } from './run.ts';
import type { StepOutcome } from './run.ts';

export type CellState =
  /** Shows what is printed. */
  | { name: 'idle' }
  /** Waits for the machine, or for cells before it. */
  | { name: 'queued' }
  | { name: 'running' }
  /** Output and statuses were as printed. */
  | { name: 'passed'; milliseconds: number }
  | { name: 'differs'; milliseconds: number }
  /** The reader pressed Stop. The machine is as it was before, or a clean one. */
  | { name: 'stopped'; at: 'before' | 'start' }
  /** The machine or the step failed, for this reason. */
  | { name: 'failed'; reason: string };

/** What shows a cell. */
export interface CellView {
  showState(state: CellState): void;
  showStep(index: number): void;
  showOutput(index: number, text: string): void;
  showOutcome(index: number, outcome: StepOutcome): void;
}

/** The reason of a failure in words for the reader. */
function reasonOf(error: unknown): string {
  if (error instanceof MachineError) return explain(error.failure);
  return error instanceof Error ? error.message : String(error);
}

/** The cells of a page and the machine they share. */
export class PageRunner {
  readonly #machine: Machine;
  readonly #cells: readonly PageCell[];
  readonly #view: (id: string) => CellView;
  readonly #now: () => number;
  readonly #places: PagePlaces;
  #current: { ids: string[]; stop: AbortController } | undefined;
  /** Cells that the reader asked for while others ran. */
  #requested: string[] = [];

  constructor(
    machine: Machine,
    cells: readonly PageCell[],
    view: (id: string) => CellView,
    now: () => number,
  ) {
    this.#machine = machine;
    this.#places = new PagePlaces(machine);
    this.#cells = cells;
    this.#view = view;
    this.#now = now;
    machine.subscribe((state) => {
      // A machine that starts again is a clean one.
      if (state.name === 'failed' || state.name === 'idle') this.#places.forget();
    });
  }

  /**
   * Runs a cell, first those of its chain that this machine has not run; after those that run
   * already. A cell that has run is run again from the state before it. Never rejects.
   */
  async run(id: string): Promise<void> {
    const cell = this.#cells.find((candidate) => candidate.id === id);
    if (!cell || cell.skip !== undefined) return;
    if (this.#current) return this.#request(id);
    const { done } = this.#places;
    if (!done.has(id)) return this.#runAll(turnsOf(this.#cells, cell, done));
    const before = this.#places.before(id);
    if (before) return this.#runAll([{ cell, clean: false }], before);
    const whole = [...chainOf(this.#cells, id), cell];
    await this.#runAll(whole.map((each, i) => ({ cell: each, clean: i === 0 })));
  }

  /** Runs all cells of the page in order, from the clean machine, but those to skip. Never rejects. */
  async runAll(): Promise<void> {
    if (this.#current) return;
    await this.#runAll(
      turnsOfPage(this.#cells).map(({ cell, clean }, i) => ({ cell, clean: clean || i === 0 })),
    );
  }

  /** Stops what runs, and forgets what was to run after it. */
  stop(): void {
    for (const id of this.#requested) this.#view(id).showState({ name: 'idle' });
    this.#requested = [];
    this.#current?.stop.abort(new StepInterrupted());
  }

  /** Returns to the clean machine; all cells show what is printed. Rejects as the machine does. */
  async reset(): Promise<void> {
    this.stop();
    const { name } = this.#machine.state;
    if (name !== 'idle' && name !== 'failed') await this.#places.goTo(undefined);
    for (const cell of this.#cells) this.#view(cell.id).showState({ name: 'idle' });
  }

  #request(id: string): void {
    const waits = [...this.#requested, ...(this.#current?.ids ?? [])].includes(id);
    if (waits) return;
    this.#requested.push(id);
    this.#view(id).showState({ name: 'queued' });
  }

  /** Runs cells in turn, from `from` if that is given and still kept, else from where the machine is. */
  async #runAll(turns: readonly Turn<PageCell>[], from?: Place): Promise<void> {
    const stop = new AbortController();
    const waiting = turns.map(({ cell }) => cell.id);
    this.#current = { ids: waiting, stop };
    for (const id of waiting) this.#view(id).showState({ name: 'queued' });
    let start = from ?? this.#places.here;
    let rest = turns;
    try {
      await this.#machine.start();
      if (from && (await this.#places.goTo(from)) === 'clean') {
        // The state is not kept any more: the cells before have to run again.
        start = this.#places.here;
        rest = turns.flatMap(({ cell }) => turnsOf(this.#cells, cell, this.#places.done));
        waiting.splice(0, waiting.length, ...rest.map(({ cell }) => cell.id));
        for (const id of waiting) this.#view(id).showState({ name: 'queued' });
      }
      for (const { cell, clean } of rest) {
        stop.signal.throwIfAborted();
        if (clean && this.#places.done.size) await this.#places.goTo(undefined);
        await this.#runOne(cell, stop.signal);
        waiting.shift();
      }
      await this.#places.keep();
    } catch (error) {
      await this.#giveUp(error, waiting, start);
    } finally {
      this.#current = undefined;
    }
    const next = this.#requested.shift();
    if (next) await this.run(next);
  }

  /** Shows why a run ended before its time, and returns to where it began. */
  async #giveUp(error: unknown, waiting: readonly string[], start?: Place): Promise<void> {
    const [first, ...rest] = waiting;
    for (const id of rest) this.#view(id).showState({ name: 'idle' });
    this.stop();
    const at = await this.#recover(error, start);
    if (!first) return;
    this.#view(first).showState(
      error instanceof StepInterrupted
        ? { name: 'stopped', at }
        : { name: 'failed', reason: reasonOf(error) },
    );
  }

  /** A step that was stopped or failed leaves its session anywhere: only a state from before is sure. */
  async #recover(error: unknown, start?: Place): Promise<'before' | 'start'> {
    if (!(error instanceof StepInterrupted || error instanceof StepError)) return 'start';
    try {
      await this.#places.goTo(start);
    } catch {
      // The machine has failed; its state says why, and the next run starts it again.
    }
    return this.#places.done.size ? 'before' : 'start';
  }

  async #runOne(cell: PageCell, signal: AbortSignal): Promise<void> {
    const view = this.#view(cell.id);
    const begun = this.#now();
    view.showState({ name: 'running' });
    this.#places.begin(cell.id);
    const outcomes = await runCell(this.#machine, cell, {
      signal,
      onStep: (index) => view.showStep(index),
      onOutput: (index, text) => view.showOutput(index, text),
      onOutcome: (index, outcome) => view.showOutcome(index, outcome),
    });
    this.#places.end(cell.id);
    const name = outcomes.every((outcome) => outcome.matches) ? 'passed' : 'differs';
    view.showState({ name, milliseconds: this.#now() - begun });
  }
}
