/** The states that the activities of a page show, and which of their results the machine has left. */
import type { ActivityState, ActivityView } from './activity-view.ts';

export class ShownStates {
  readonly #view: (id: string) => ActivityView;
  /** Activities that show a result of their own. */
  readonly #results = new Set<string>();
  /** Activities that show why there is none. */
  readonly #failures = new Set<string>();

  constructor(view: (id: string) => ActivityView) {
    this.#view = view;
  }

  /** The activities that could not run. */
  get failures(): string[] {
    return [...this.#failures];
  }

  show(id: string, state: ActivityState): void {
    const hasResult = state.name === 'ended' && !state.result.failure;
    const hasFailed = state.name === 'blocked' || (state.name === 'ended' && !hasResult);
    for (const [ids, isIn] of [
      [this.#results, hasResult],
      [this.#failures, hasFailed],
    ] as const) {
      if (isIn) ids.add(id);
      else ids.delete(id);
    }
    this.#view(id).showState(state);
  }

  /** Marks the results of activities that have not run in the machine's present state. */
  markStale(done: ReadonlySet<string>): void {
    for (const id of this.#results) this.#view(id).showStale(!done.has(id));
  }
}
