/** The observers of a machine's processes, and the lists that the agent sends them. */
import { parseProcesses } from './processes.ts';
import type { Observe } from './processes.ts';

/** The first byte of a PROCESSES frame (guest/agent/frame.h). */
const PART_FOLLOWS = 0;
const PART_CUT = 2;

export class Observation {
  readonly #ask: (ms: number) => void;
  readonly #observers = new Set<Observe>();
  #decoder = new TextDecoder();
  #text = '';

  /** `ask` gets the milliseconds between two lists, or 0 for none; the agent then sends a complete list. */
  constructor(ask: (ms: number) => void) {
    this.#ask = ask;
  }

  /**
   * Calls the listener with the processes, now and when they change, at the shortest interval of all observers.
   * A list that is partly received already goes to all observers at its end. Returns a function that unsubscribes.
   */
  add(observe: Observe): () => void {
    this.#observers.add(observe);
    this.ask();
    return () => {
      if (this.#observers.delete(observe)) this.ask();
    };
  }

  /** Sends the interval to the agent; needed again after a restore. */
  ask(): void {
    const each = [...this.#observers].map(({ ms }) => ms);
    this.#ask(each.length ? Math.min(...each) : 0);
  }

  /** Drops a partly received list. */
  forget(): void {
    this.#decoder = new TextDecoder();
    this.#text = '';
  }

  /** Handles the payload of a PROCESSES frame. */
  receive(payload: Uint8Array): void {
    this.#text += this.#decoder.decode(payload.subarray(1), { stream: true });
    if (payload[0] === PART_FOLLOWS) return;
    const processes = parseProcesses(this.#text);
    this.#text = '';
    for (const { listener } of this.#observers)
      listener({ processes, cut: payload[0] === PART_CUT });
  }
}
