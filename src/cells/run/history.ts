/** What a machine has run, and the states that it can return to. */
import type { CheckpointId } from '../../machine/checkpoints.ts';
import type { Machine } from '../../machine/machine.ts';

/** A state of the machine that was kept. */
export interface Waypoint {
  /** Undefined for the clean machine. */
  checkpoint: CheckpointId | undefined;
  /** Activities that have run in it. */
  done: ReadonlySet<string>;
}

export const CLEAN: Waypoint = { checkpoint: undefined, done: new Set() };

/**
 * Follows what activities do to a machine. Others may change it, too: a person types in a terminal. Each
 * such input counts up the machine's `revision`. What was kept under another revision does not hold that
 * input, so it is no longer where the machine is, nor what was before a cell.
 */
export class MachineHistory {
  readonly #machine: Machine;
  readonly #before = new Map<string, { waypoint: Waypoint; revision: number }>();
  #done = new Set<string>();
  #here: Waypoint | undefined = CLEAN;
  /** The machine's revision when it was at `#here`, and when it was clean. */
  #revision: number;
  #cleanRevision: number;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#revision = this.#cleanRevision = machine.revision;
  }

  /** Activities that have run on the machine as it stands. */
  get done(): ReadonlySet<string> {
    return this.#done;
  }

  /** Where the machine is, if that can be returned to. */
  get here(): Waypoint | undefined {
    return this.#revision === this.#machine.revision ? this.#here : undefined;
  }

  /** Whether nothing has changed the machine since its start. */
  get isClean(): boolean {
    return this.here === CLEAN;
  }

  /** Whether the machine holds input that no activity made, and that none can make again. */
  get hasForeignInput(): boolean {
    return this.#cleanRevision !== this.#machine.revision;
  }

  /** Where the machine was before it last ran this activity, if that was kept and nobody typed since. */
  before(id: string): Waypoint | undefined {
    const before = this.#before.get(id);
    return before && before.revision === this.#machine.revision ? before.waypoint : undefined;
  }

  /** Notes that an activity begins to change the machine. */
  begin(id: string): void {
    const { here } = this;
    if (here) this.#before.set(id, { waypoint: here, revision: this.#revision });
    else this.#before.delete(id);
    this.#here = undefined;
  }

  /** Notes that an activity has run to its end. */
  end(id: string): void {
    this.#done.add(id);
  }

  /** Notes that the machine is a clean one, and has none of the states before. */
  forget(): void {
    this.#before.clear();
    this.#arrive(CLEAN);
  }

  /**
   * Keeps the state as it is, so that it can be returned to, and gives it. Never rejects: without it
   * all goes on.
   */
  async keep(): Promise<Waypoint | undefined> {
    const done = new Set(this.#done);
    const { revision } = this.#machine;
    try {
      this.#here = { checkpoint: await this.#machine.checkpoint(), done };
    } catch {
      this.#here = undefined;
    }
    this.#revision = revision;
    return this.#here;
  }

  /** Returns to a waypoint; to the clean machine when it is not kept. Resolves with which. Rejects as the machine does. */
  async goTo(waypoint: Waypoint): Promise<'there' | 'clean'> {
    const { checkpoint } = waypoint;
    const isThere = checkpoint !== undefined && (await this.#machine.returnTo(checkpoint));
    if (!isThere) await this.#machine.reset();
    this.#arrive(isThere ? waypoint : CLEAN);
    return isThere || waypoint === CLEAN ? 'there' : 'clean';
  }

  #arrive(waypoint: Waypoint): void {
    this.#here = waypoint;
    this.#done = new Set(waypoint.done);
    this.#revision = this.#machine.revision;
    if (waypoint === CLEAN) this.#cleanRevision = this.#revision;
  }
}
