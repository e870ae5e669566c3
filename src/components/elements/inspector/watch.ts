/** Watches one machine of the page for the inspector: its reports, its state and its running step. */
import type { ObserveKernel } from '../../../machine/agent/kernel-report.ts';
import type { PageMachine } from '../machines.ts';
import { KernelModel } from './model/kernel-model.ts';

/** The parts of a report that a view needs besides the processes. */
export type Parts = Omit<ObserveKernel, 'ms' | 'listener'>;

/** Least time between two reports, in milliseconds. */
const INTERVAL_MS = 100;

interface Listeners {
  /** A report has changed the model. */
  onChange(model: KernelModel): void;
  /** Another cell has begun to run. */
  onCell(id: string): void;
}

export class Watch {
  readonly machine: PageMachine;
  readonly model = new KernelModel();
  readonly #listeners: Listeners;
  readonly #ends: (() => void)[];
  #hasEnded = false;
  #parts: string | undefined;
  #endObservation: () => void = () => {};

  constructor(machine: PageMachine, listeners: Listeners) {
    this.machine = machine;
    this.#listeners = listeners;
    let cell: string | undefined;
    this.#ends = [
      machine.subscribe(({ name }) => {
        if (name === 'restoring') this.model.leaveState();
        if (name === 'idle' || name === 'failed') this.model.forget();
      }),
      machine.runner.step.subscribe((step) => {
        this.model.noteStep(step, performance.now());
        const hasBegun = step?.cell !== undefined && step.cell !== cell;
        cell = step?.cell;
        if (hasBegun && step.cell) listeners.onCell(step.cell);
      }),
    ];
  }

  /** Has the machine report these parts besides its processes from now on; nothing if `parts` is undefined, or after the end. */
  observe(parts: Parts | undefined): void {
    if (this.#hasEnded) return;
    const key = parts && JSON.stringify(parts);
    if (key === this.#parts) return;
    this.#parts = key;
    this.#endObservation();
    this.#endObservation = () => {};
    // Changes while the drawing is hidden are not marked as new when it is shown again.
    if (!parts) return this.model.leaveState();
    this.#endObservation = this.machine.machine.observe({ ms: INTERVAL_MS, ...parts }, (report) => {
      this.model.receive(report, performance.now());
      this.#listeners.onChange(this.model);
    });
  }

  /** Forgets what has ended long enough ago. Returns whether anything that has ended is still shown. */
  expire(): boolean {
    return this.model.expire(performance.now());
  }

  end(): void {
    this.observe(undefined);
    this.#hasEnded = true;
    for (const end of this.#ends) end();
  }
}
