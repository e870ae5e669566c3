/** The activities that a machine has run, and the states to which it can return. */
import type { CheckpointId } from '../../machine/checkpoints.ts';
import type { Machine } from '../../machine/machine.ts';

/** A kept state of the machine. */
export interface Waypoint {
  /** Undefined for the clean machine. */
  checkpoint: CheckpointId | undefined;
  /** The activities that had run by then. */
  done: ReadonlySet<string>;
}

export const CLEAN: Waypoint = { checkpoint: undefined, done: new Set() };

/**
 * Tracks how activities change a machine. A person who types in a terminal also changes it, and each such input
 * increases the machine's `revision`. A state kept at another revision lacks that input. It is then neither the
 * machine's present state nor the state before a cell.
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

  /** The activities that have run in the machine's present state. */
  get done(): ReadonlySet<string> {
    return this.#done;
  }

  /** The machine's present state, if it has been kept. */
  get here(): Waypoint | undefined {
    return this.#revision === this.#machine.revision ? this.#here : undefined;
  }

  /** Whether nothing has changed the machine since its start. */
  get isClean(): boolean {
    return this.here === CLEAN;
  }

  /** Whether the machine has a person's input, which no activity can repeat. */
  get hasForeignInput(): boolean {
    return this.#cleanRevision !== this.#machine.revision;
  }

  /** The state before the last run of this activity, if it was kept and nobody has typed since. */
  before(id: string): Waypoint | undefined {
    const before = this.#before.get(id);
    return before && before.revision === this.#machine.revision ? before.waypoint : undefined;
  }

  /** Notes that an activity begins. */
  begin(id: string): void {
    const { here } = this;
    if (here) this.#before.set(id, { waypoint: here, revision: this.#revision });
    else this.#before.delete(id);
    this.#here = undefined;
  }

  /** Notes that an activity has completed. */
  end(id: string): void {
    this.#done.add(id);
  }

  /** Notes that the machine is clean and has lost its kept states. */
  forget(): void {
    this.#before.clear();
    this.#arrive(CLEAN);
  }

  /**
   * Keeps the machine's present state and resolves to it. Never rejects; resolves to undefined if the state
   * could not be kept.
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

  /** Returns to a waypoint, or to the clean machine if that is lost. Rejects as the machine does. */
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
