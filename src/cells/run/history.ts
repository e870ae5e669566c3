/** The activities that a machine has run, and the states to which it can return. */
import type { CheckpointId } from '../../machine/checkpoints.ts';
import type { Machine } from '../../machine/machine.ts';

/** A kept state of the machine. */
export interface Waypoint {
  /** Undefined for the clean machine. */
  checkpoint: CheckpointId | undefined;
  /** The activities that had run by then. */
  done: ReadonlySet<string>;
  /** Identifies the person's input that it contains: two states with the same number contain the same input. 0 for none. */
  inputs: number;
}

export const CLEAN: Waypoint = { checkpoint: undefined, done: new Set(), inputs: 0 };

/** A change to a machine. */
export type Change =
  /** A run of this activity, and of those before it. */
  | { by: 'activity'; id: string }
  /** A run of all activities of the page, or of those up to a section's end. */
  | { by: 'page' }
  /** A command that the reader typed below a cell. */
  | { by: 'command'; command: string }
  /** Input that a person typed in a terminal. */
  | { by: 'terminal' }
  /** A return to the state before this activity. */
  | { by: 'return'; id: string }
  /** A return to the clean machine. */
  | { by: 'reset' };

/** Number of states to which `undo` can return. Checkpoints are dropped earlier if they take too much memory. */
const MAX_STATES = 100;

/**
 * Tracks how activities change a machine. A person who types in a terminal also changes it, and each such input
 * increases the machine's `revision`. A state that lacks that input is neither the machine's present state nor the
 * state before a cell.
 */
export class MachineHistory {
  readonly #machine: Machine;
  readonly #before = new Map<string, Waypoint>();
  /** The machine's kept states in chronological order, each with the change that led to it. */
  #trail: { waypoint: Waypoint; change?: Change }[] = [{ waypoint: CLEAN }];
  #done = new Set<string>();
  #here: Waypoint | undefined = CLEAN;
  /** The first change since the last state of the trail. */
  #change: Change | undefined;
  /** The machine's revision when it was last known which input it contains, and that input. */
  #revision: number;
  #inputs = 0;

  /** `cleanRevision` is the machine's revision when it was last clean. */
  constructor(machine: Machine, cleanRevision: number) {
    this.#machine = machine;
    this.#revision = cleanRevision;
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
    return this.#presentInputs !== 0;
  }

  get #presentInputs(): number {
    const { revision } = this.#machine;
    return this.#revision === revision ? this.#inputs : revision;
  }

  /** The change that `undo` would undo; undefined if nothing has changed the machine. */
  get lastChange(): Change | undefined {
    if (this.#change) return this.#change;
    if (this.#revision !== this.#machine.revision) return { by: 'terminal' };
    return this.#trail.at(-1)?.change;
  }

  /** The state before the last run of this activity, if it was kept and nobody has typed since. */
  before(id: string): Waypoint | undefined {
    const before = this.#before.get(id);
    return before?.inputs === this.#presentInputs ? before : undefined;
  }

  /** Notes what begins to change the machine. */
  change(change: Change): void {
    this.#change ??= this.#revision === this.#machine.revision ? change : { by: 'terminal' };
  }

  /** Notes that an activity begins. */
  begin(id: string): void {
    const { here } = this;
    if (here) this.#before.set(id, here);
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
    this.#trail = [{ waypoint: CLEAN }];
    this.#change = undefined;
    this.#arrive(CLEAN);
  }

  /**
   * Keeps the machine's present state and resolves to it. Never rejects; resolves to undefined if the state
   * could not be kept, or the signal was aborted.
   */
  async keep(signal?: AbortSignal): Promise<Waypoint | undefined> {
    const done = new Set(this.#done);
    const inputs = this.#presentInputs;
    const { revision } = this.#machine;
    const trail = this.#trail;
    const checkpoint = await this.#machine.checkpoint({ signal }).catch(() => undefined);
    // The machine has ended meanwhile, and `forget` was called.
    if (this.#trail !== trail) return undefined;
    if (checkpoint === undefined) {
      this.#here = undefined;
      this.#change ??= { by: 'terminal' };
    } else {
      this.#here = { checkpoint, done, inputs };
      this.#follow(this.#here);
    }
    this.#revision = revision;
    this.#inputs = inputs;
    return this.#here;
  }

  /**
   * Returns to a waypoint, or to the clean machine if that is lost. With `forget`, drops the waypoint's state. Rejects as
   * the machine does.
   */
  async goTo(waypoint: Waypoint, options?: { forget?: boolean }): Promise<'there' | 'clean'> {
    if (await this.#returnTo(waypoint, options)) return 'there';
    await this.#machine.reset();
    this.#arrive(CLEAN);
    return waypoint === CLEAN ? 'there' : 'clean';
  }

  /** The same after a run that ended early. It has changed nothing if the waypoint is the last kept state. */
  async recoverTo(waypoint: Waypoint): Promise<void> {
    await this.goTo(waypoint);
    if (this.#trail.at(-1)?.waypoint === this.#here) this.#change = undefined;
  }

  /** The same as a change of its own, which `undo` can undo. */
  async goBackTo(waypoint: Waypoint, change: Change): Promise<void> {
    await this.goTo(waypoint);
    this.#change = change;
    // After a run that was not kept, the machine may be where it was before it.
    if (this.#trail.at(-1)?.waypoint === this.#here) this.#change = undefined;
    else if (this.#here) this.#follow(this.#here);
  }

  /**
   * Returns to the state before the last change. Resolves to 'lost', and changes nothing, if that state is no
   * longer kept. Rejects as the machine does.
   */
  async undo(): Promise<'undone' | 'lost'> {
    const isKept = !this.#change && this.#revision === this.#machine.revision;
    const trail = isKept ? this.#trail.slice(0, -1) : this.#trail;
    const target = trail.at(-1)?.waypoint;
    if (!target) return 'lost';
    if (target === CLEAN) await this.goTo(CLEAN);
    else if (!(await this.#returnTo(target))) return 'lost';
    this.#trail = trail;
    this.#change = undefined;
    return 'undone';
  }

  /** Adds a state to the trail. */
  #follow(waypoint: Waypoint): void {
    this.#trail.push({ waypoint, change: this.#change ?? { by: 'terminal' } });
    if (this.#trail.length > MAX_STATES) this.#trail.shift();
    this.#change = undefined;
  }

  async #returnTo(waypoint: Waypoint, options?: { forget?: boolean }): Promise<boolean> {
    const { checkpoint } = waypoint;
    if (checkpoint === undefined || !(await this.#machine.returnTo(checkpoint, options)))
      return false;
    this.#arrive(waypoint);
    return true;
  }

  #arrive(waypoint: Waypoint): void {
    this.#here = waypoint;
    this.#done = new Set(waypoint.done);
    this.#revision = this.#machine.revision;
    this.#inputs = waypoint.inputs;
  }
}
