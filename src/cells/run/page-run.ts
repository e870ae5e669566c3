/** The progress of a run of the whole page. */
import { Observable } from '../../observable.ts';
import type { Verdict } from './result.ts';

export interface PageRun {
  state: 'running' | 'stopped' | 'over';
  /** The number of its activities. */
  total: number;
  /** The verdicts of those that have ended, in order. */
  verdicts: ReadonlyMap<string, Verdict>;
}

/** The last run of the whole page, if any. */
export class PageRunProgress extends Observable<PageRun | undefined> {
  constructor() {
    super(undefined);
  }

  begin(ids: readonly string[]): void {
    this.value = { state: 'running', total: new Set(ids).size, verdicts: new Map() };
  }

  /** Notes how an activity ended. */
  note(id: string, verdict: Verdict): void {
    const run = this.value;
    if (run) this.value = { ...run, verdicts: new Map(run.verdicts).set(id, verdict) };
  }

  /** Notes that activities will not run. */
  leaveOut(ids: readonly string[]): void {
    const run = this.value;
    const left = new Set(ids.filter((id) => !run?.verdicts.has(id)));
    if (run) this.value = { ...run, total: run.total - left.size };
  }

  end(state: 'stopped' | 'over'): void {
    if (this.value) this.value = { ...this.value, state };
  }

  forget(): void {
    this.value = undefined;
  }
}
