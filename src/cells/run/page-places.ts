/** What a page's machine has run, and the states that it can return to. */
import type { CheckpointId } from '../../machine/checkpoints.ts';
import type { Machine } from '../../machine/machine.ts';

/** A state of the machine. */
export interface Place {
  /** Undefined for the clean machine. */
  checkpoint: CheckpointId | undefined;
  /** Cells that have run in it. */
  done: ReadonlySet<string>;
}

const CLEAN: Place = { checkpoint: undefined, done: new Set() };

/** Knows where the machine is, as long as only cells change it. */
export class PagePlaces {
  readonly #machine: Machine;
  readonly #before = new Map<string, Place>();
  #done = new Set<string>();
  #here: Place | undefined = CLEAN;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Cells that have run on the machine as it stands. */
  get done(): ReadonlySet<string> {
    return this.#done;
  }

  /** Where the machine is, if that can be returned to. */
  get here(): Place | undefined {
    return this.#here;
  }

  /** Whether nothing has changed the machine since its start. */
  get isClean(): boolean {
    return this.#here === CLEAN;
  }

  /** Where the machine was before it last ran this cell, if that was kept. */
  before(id: string): Place | undefined {
    return this.#before.get(id);
  }

  /** Notes that a cell begins to change the machine. */
  begin(id: string): void {
    if (this.#here) this.#before.set(id, this.#here);
    else this.#before.delete(id);
    this.#here = undefined;
  }

  /** Notes that a cell has run to its end. */
  end(id: string): void {
    this.#done.add(id);
  }

  /** Notes that the machine is a clean one, and has none of the states before. */
  forget(): void {
    this.#before.clear();
    this.#done.clear();
    this.#here = CLEAN;
  }

  /** Keeps the state as it is, so that it can be returned to. Never rejects: without it all goes on. */
  async keep(): Promise<void> {
    const done = new Set(this.#done);
    try {
      this.#here = { checkpoint: await this.#machine.checkpoint(), done };
    } catch {
      this.#here = undefined;
    }
  }

  /** Returns to a place; to the clean machine when the place is not kept. Tells which. Rejects as the machine does. */
  async goTo(place: Place | undefined): Promise<'there' | 'clean'> {
    const { checkpoint } = place ?? CLEAN;
    const isThere = checkpoint !== undefined && (await this.#machine.returnTo(checkpoint));
    if (!isThere) await this.#machine.reset();
    this.#here = isThere ? place : CLEAN;
    this.#done = new Set(this.#here?.done);
    return isThere || place === CLEAN ? 'there' : 'clean';
  }
}
