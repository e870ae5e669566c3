/** Those who want to know of a machine's processes, and what the agent tells them. */
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

  /** `ask` is called with the milliseconds between two lists, 0 for none; the agent then sends a whole list. */
  constructor(ask: (ms: number) => void) {
    this.#ask = ask;
  }

  /**
   * Calls the listener with the processes, now and when they change, as often as the most impatient wants. A list
   * of which a part was sent before goes to those that listen at its end. Returns how to stop that.
   */
  add(observe: Observe): () => void {
    this.#observers.add(observe);
    this.ask();
    return () => {
      if (this.#observers.delete(observe)) this.ask();
    };
  }

  /** Asks the agent, which knows nothing of it after a restore. */
  ask(): void {
    const each = [...this.#observers].map(({ ms }) => ms);
    this.#ask(each.length ? Math.min(...each) : 0);
  }

  /** Forgets a list of which a part has come. */
  forget(): void {
    this.#decoder = new TextDecoder();
    this.#text = '';
  }

  /** Takes the payload of a PROCESSES frame. */
  take(payload: Uint8Array): void {
    this.#text += this.#decoder.decode(payload.subarray(1), { stream: true });
    if (payload[0] === PART_FOLLOWS) return;
    const processes = parseProcesses(this.#text);
    this.#text = '';
    for (const { listener } of this.#observers)
      listener({ processes, cut: payload[0] === PART_CUT });
  }
}
