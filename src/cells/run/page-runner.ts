/** Runs the cells of one page as its reader asks for them. Knows nothing of the DOM. */
import { explain, MachineError, StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { PageCell } from '../cell.ts';
import { chainOf, turnsOf, turnsOfPage } from './chain.ts';
import type { Turn } from './chain.ts';
import { PagePlaces } from './page-places.ts';
import type { Place } from './page-places.ts';
import { runCell } from './run-cell.ts';
import type { StepOutcome } from './run-cell.ts';

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

/** What the reader asks for; one thing at a time, in the order of asking. */
type Wish =
  | { what: 'cell'; cell: PageCell }
  | { what: 'page' }
  | { what: 'reset'; resolve: () => void; reject: (reason: unknown) => void };

/** The cells of a page and the machine they share. */
export class PageRunner {
  readonly #machine: Machine;
  readonly #cells: readonly PageCell[];
  readonly #view: (id: string) => CellView;
  readonly #now: () => number;
  readonly #places: PagePlaces;
  #working = false;
  #wishes: Wish[] = [];
  /** Cells that run or are to run in this turn, and what stops them. */
  #current: { ids: string[]; stop: AbortController } | undefined;

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
   * Runs a cell, first those of its chain that this machine has not run; after what was asked for
   * before. A cell that has run is run again from the state before it. Never rejects.
   */
  async run(id: string): Promise<void> {
    const cell = this.#cells.find((candidate) => candidate.id === id);
    if (!cell || cell.skip !== undefined || this.#isWaiting(id)) return;
    if (this.#working) this.#view(id).showState({ name: 'queued' });
    await this.#wish({ what: 'cell', cell });
  }

  /** Runs all cells of the page in order, from the clean machine, but those to skip. Never rejects. */
  async runAll(): Promise<void> {
    if (!this.#wishes.some(({ what }) => what === 'page')) await this.#wish({ what: 'page' });
  }

  /** Stops what runs, and forgets what was to run after it. */
  stop(): void {
    this.#forgetWishes();
    this.#current?.stop.abort(new StepInterrupted());
  }

  /**
   * Stops what runs, and returns to the clean machine; all cells show what is printed. Rejects as the
   * machine does.
   */
  reset(): Promise<void> {
    this.stop();
    return new Promise((resolve, reject) => void this.#wish({ what: 'reset', resolve, reject }));
  }

  #isWaiting(id: string): boolean {
    const isWished = this.#wishes.some((wish) => wish.what === 'cell' && wish.cell.id === id);
    return isWished || Boolean(this.#current?.ids.includes(id));
  }

  /** A reset is not forgotten: somebody waits for its end. */
  #forgetWishes(): void {
    const wishes = this.#wishes;
    this.#wishes = wishes.filter(({ what }) => what === 'reset');
    for (const wish of wishes) {
      if (wish.what === 'cell') this.#view(wish.cell.id).showState({ name: 'idle' });
    }
  }

  async #wish(wish: Wish): Promise<void> {
    this.#wishes.push(wish);
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#wishes.shift(); next; next = this.#wishes.shift())
      await this.#grant(next);
    this.#working = false;
  }

  async #grant(wish: Wish): Promise<void> {
    if (wish.what === 'reset') return this.#reset().then(wish.resolve, wish.reject);
    if (wish.what === 'page') {
      const turns = turnsOfPage(this.#cells);
      return this.#runTurns(turns.map((turn, i) => ({ ...turn, clean: turn.clean || i === 0 })));
    }
    const { cell } = wish;
    const { done } = this.#places;
    if (!done.has(cell.id)) return this.#runTurns(turnsOf(this.#cells, cell, done));
    const before = this.#places.before(cell.id);
    if (before) return this.#runTurns([{ cell, clean: false }], before);
    const whole = [...chainOf(this.#cells, cell.id), cell];
    await this.#runTurns(whole.map((each, i) => ({ cell: each, clean: i === 0 })));
  }

  async #reset(): Promise<void> {
    const { name } = this.#machine.state;
    if (name !== 'idle' && name !== 'failed') await this.#places.goTo(undefined);
    for (const { id } of this.#cells) {
      if (!this.#isWaiting(id)) this.#view(id).showState({ name: 'idle' });
    }
  }

  /** Runs cells in turn, from `from` if that is given and still kept, else from where the machine is. */
  async #runTurns(turns: readonly Turn<PageCell>[], from?: Place): Promise<void> {
    const stop = new AbortController();
    const current = { ids: turns.map(({ cell }) => cell.id), stop };
    this.#current = current;
    for (const id of current.ids) this.#view(id).showState({ name: 'queued' });
    let start = from ?? this.#places.here;
    let rest = turns;
    try {
      await this.#machine.start();
      if (from && (await this.#places.goTo(from)) === 'clean') {
        // The state is not kept any more: the cells before have to run again.
        start = this.#places.here;
        rest = turns.flatMap(({ cell }) => turnsOf(this.#cells, cell, this.#places.done));
        current.ids = rest.map(({ cell }) => cell.id);
        for (const id of current.ids) this.#view(id).showState({ name: 'queued' });
      }
      for (const { cell, clean } of rest) {
        stop.signal.throwIfAborted();
        if (clean && !this.#places.isClean) await this.#places.goTo(undefined);
        await this.#runOne(cell, stop.signal);
        current.ids.shift();
      }
      await this.#places.keep();
    } catch (error) {
      await this.#giveUp(error, current.ids.splice(0), start);
    } finally {
      this.#current = undefined;
    }
  }

  /** Shows why a run ended before its time, and returns to where it began. */
  async #giveUp(error: unknown, waiting: readonly string[], start?: Place): Promise<void> {
    const [first, ...rest] = waiting;
    for (const id of rest) this.#view(id).showState({ name: 'idle' });
    // What was asked for after Stop is still wanted; after a failure nothing is sure.
    if (!(error instanceof StepInterrupted)) this.#forgetWishes();
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
    if (error instanceof MachineError) return 'start';
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
