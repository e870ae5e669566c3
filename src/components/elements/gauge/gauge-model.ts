/** The state and the values of a gauge of one control group's memory, after each report of the machine. No DOM, no clock. */
import type { MemoryUse } from '../../../drawings/memory-gauge.ts';
import type { KernelReport } from '../../../machine/agent/kernel-report.ts';

/** The reason for what a gauge shows. The values of the component's `data-when` are the same. */
export type GaugeState =
  /** The machine is off, or has not reported yet. */
  | 'off'
  /** The machine has no such group, and had none while the gauge watched. */
  | 'absent'
  | 'present'
  /** The group has been removed. */
  | 'gone'
  /** The guest has stopped. */
  | 'stopped'
  /** The group has no files of the memory controller. */
  | 'uncounted'
  /** The group may be one of those for which the report had no room. */
  | 'unlisted';

/** The use of a group. `oomKills` counts the processes that the OOM killer has ended. */
export interface GaugeValues extends MemoryUse {
  oomKills: number;
}

type Groups = Pick<KernelReport, 'groups' | 'groupsCut'>;

export class GaugeModel {
  readonly #path: string;
  #state: GaugeState = 'off';
  #values: GaugeValues | undefined;
  /** Whether the values are from a state that the machine has left. */
  #isPast = false;

  constructor(path: string) {
    this.#path = path;
  }

  get state(): GaugeState {
    return this.#state;
  }

  /** The present values, or the last ones of a group that is gone. Undefined if none have been seen in this run. */
  get values(): GaugeValues | undefined {
    return this.#values;
  }

  receive({ groups, groupsCut }: Groups): void {
    if (!groups) return;
    const before = this.#isPast ? undefined : this.#values;
    this.#isPast = false;
    const memory = groups.find(({ path }) => path === this.#path)?.memory;
    if (!memory) {
      this.#values = before;
      if (groupsCut) this.#state = 'unlisted';
      else this.#state = before ? 'gone' : 'absent';
      return;
    }
    const { current: used, high, max, oomKills = 0 } = memory;
    if (used === undefined) {
      this.#values = undefined;
      this.#state = 'uncounted';
      return;
    }
    // A group that was removed and made again is another one.
    const highest = this.#state === 'gone' ? 0 : (before?.highest ?? 0);
    this.#values = { used, highest: Math.max(used, highest), high, max, oomKills };
    this.#state = 'present';
  }

  /** The machine has left its state, so what was seen in it does not count for the next report. */
  leaveState(): void {
    this.#isPast = true;
  }

  /** The guest has stopped. The last values stay. */
  stop(): void {
    if (this.#values) this.#state = 'stopped';
  }

  /** The machine is off. */
  forget(): void {
    this.#state = 'off';
    this.#values = undefined;
    this.#isPast = false;
  }
}
