/** A machine's checkpoints, in bounded memory. */
import type { SessionList } from './agent/sessions.ts';
import { differenceBytes } from './engine/state-base.ts';
import type { StateBase, StateDifference } from './engine/state-base.ts';

/** Names a saved state of the machine, for as long as it is kept. */
export type CheckpointId = string;

interface Kept {
  difference: StateDifference;
  sessions: SessionList;
}

/** A state and the sessions that were open in it. */
export interface SavedState {
  state: Uint8Array<ArrayBuffer>;
  sessions: SessionList;
}

/** 128 random bits: an id from an earlier machine never names a state of a later one. */
const newId = (): CheckpointId => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Keeps differences from one base state. Over `limit` bytes, it drops the least recently used ones. */
export class Checkpoints {
  readonly #base: StateBase;
  readonly #limit: number;
  /** Least recently used first. */
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
    this.#keep(id, { difference, sessions });
    for (const oldest of this.#kept.keys()) {
      // The newest stays, however large: the caller has just asked for it.
      if (this.#bytes <= this.#limit || oldest === id) break;
      this.#delete(oldest);
    }
    return id;
  }

  /** Restores a state; undefined if it is no longer kept. With `forget`, drops it afterwards. */
  get(id: CheckpointId, forget = false): SavedState | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    this.#delete(id);
    if (!forget) this.#keep(id, kept);
    return { state: this.#base.add(kept.difference), sessions: kept.sessions };
  }

  #keep(id: CheckpointId, kept: Kept): void {
    this.#kept.set(id, kept);
    this.#bytes += differenceBytes(kept.difference);
  }

  #delete(id: CheckpointId): void {
    const kept = this.#kept.get(id);
    if (kept && this.#kept.delete(id)) this.#bytes -= differenceBytes(kept.difference);
  }
}
