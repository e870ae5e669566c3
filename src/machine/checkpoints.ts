/** The checkpoints of a machine, in bounded memory. */
import type { SessionList } from './agent/sessions.ts';
import { differenceBytes } from './engine/state-base.ts';
import type { StateBase, StateDifference } from './engine/state-base.ts';

/** Names a state that the machine was in, as long as that is kept. */
export type CheckpointId = string;

interface Kept {
  difference: StateDifference;
  sessions: SessionList;
}

/** A state, and the sessions that were open in it. */
export interface SavedState {
  state: Uint8Array<ArrayBuffer>;
  sessions: SessionList;
}

/** Of 128 random bits, so that no id of a machine that is gone names a state of the next. */
const newId = (): CheckpointId => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Keeps differences from one state; when they are over `limit` bytes, those go that were used least recently. */
export class Checkpoints {
  readonly #base: StateBase;
  readonly #limit: number;
  /** In the order of their last use. */
  readonly #kept = new Map<CheckpointId, Kept>();
  #bytes = 0;

  constructor(base: StateBase, limit: number) {
    this.#base = base;
    this.#limit = limit;
  }

  /** Bytes that the checkpoints take. */
  get bytes(): number {
    return this.#bytes;
  }

  add({ state, sessions }: SavedState): CheckpointId {
    const difference = this.#base.subtract(state);
    const id = newId();
    this.#kept.set(id, { difference, sessions });
    this.#bytes += differenceBytes(difference);
    for (const [oldest, { difference: dropped }] of this.#kept) {
      // The newest stays, however large: it is what was just asked for.
      if (this.#bytes <= this.#limit || oldest === id) break;
      this.#kept.delete(oldest);
      this.#bytes -= differenceBytes(dropped);
    }
    return id;
  }

  /** The state again; undefined when it is not kept any more. */
  get(id: CheckpointId): SavedState | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    return { state: this.#base.add(kept.difference), sessions: kept.sessions };
  }
}
