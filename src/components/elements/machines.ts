/** The machines of a page. Each has a runner, with a queue and states of its own. Knows nothing of the DOM. */
import type { PageActivity } from '../../cells/activity.ts';
import { PageRunner } from '../../cells/run/page-runner.ts';
import type { ActivityView } from '../../cells/run/page-runner.ts';
import { StepInterrupted } from '../../machine/errors.ts';
import { Observable } from '../../machine/machine.ts';
import type { Machine } from '../../machine/machine.ts';
import type { MachineState } from '../../machine/state.ts';

/** An activity of the page and what shows it. */
export interface ActivityElement extends ActivityView {
  readonly activity: PageActivity;
}

/** What a start costs the reader: nothing, memory beside another machine, or the machines that have to end first. */
export type Admission =
  { kind: 'alone' } | { kind: 'beside' } | { kind: 'instead'; others: PageMachine[] };

export interface MachinesSurroundings {
  /** Makes a machine of an image; it downloads nothing before its first start. */
  create(image: string): Machine;
  /** Number of machines for which this device has memory. */
  room(): number;
  /** What runs on a machine; looked for when it is first needed, when all of the page is there. */
  find(machine: PageMachine): ActivityElement[];
  /** The time in milliseconds. */
  now(): number;
}

/** One machine of a page. */
export class PageMachine {
  readonly image: string;
  readonly name: string;
  readonly machine: Machine;
  /** Asks the reader whether it may start; false when the signal is aborted. Nobody can agree before it is set. */
  ask: (admission: Admission, signal: AbortSignal) => Promise<boolean> = async () => false;
  readonly #machines: Machines;
  readonly #surroundings: MachinesSurroundings;
  readonly #state = new Observable<MachineState>({ name: 'idle' });
  #runner: PageRunner | undefined;
  #isAdmitted = false;
  #isEnded = false;

  constructor(image: string, name: string, machines: Machines, surroundings: MachinesSurroundings) {
    this.image = image;
    this.name = name;
    this.#machines = machines;
    this.#surroundings = surroundings;
    this.machine = surroundings.create(image);
    this.machine.subscribe((state) => {
      if (state.name === 'failed' || state.name === 'idle') this.#isAdmitted = false;
      // Ended at the reader's wish, it is as it was before its first start.
      this.#state.value = state.name === 'failed' && this.#isEnded ? { name: 'idle' } : state;
    });
  }

  get state(): MachineState {
    return this.#state.value;
  }

  /** Whether it takes memory, or is about to. */
  get isOn(): boolean {
    return this.#isAdmitted || (this.state.name !== 'idle' && this.state.name !== 'failed');
  }

  /** Runs what stands on this machine. */
  get runner(): PageRunner {
    return (this.#runner ??= this.#makeRunner());
  }

  /** Calls the listener with the state now and at each change. Returns how to stop that. */
  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** What a start would cost now. */
  get admission(): Admission {
    const others = this.#machines.all.filter((each) => each !== this && each.isOn);
    if (!others.length) return { kind: 'alone' };
    if (others.length < this.#surroundings.room()) return { kind: 'beside' };
    return { kind: 'instead', others };
  }

  /**
   * Waits until the machine may start, for which the reader is asked where it costs something. Rejects
   * with StepInterrupted when the answer is no, or the signal was aborted.
   */
  async admit(signal: AbortSignal): Promise<void> {
    if (this.isOn) return;
    const { admission } = this;
    if (admission.kind !== 'alone' && !(await this.ask(admission, signal))) {
      throw new StepInterrupted('The machine was not started.');
    }
    if (admission.kind === 'instead') {
      await Promise.all(admission.others.map((other) => other.end()));
    }
    this.#isAdmitted = true;
    this.#isEnded = false;
  }

  /** Starts it, once it may. Rejects as `admit` and the machine do. */
  async start(): Promise<void> {
    await this.admit(new AbortController().signal);
    await this.machine.start();
  }

  /** Ends it, and with it its worker: WebAssembly gives memory back in no other way. Never rejects. */
  async end(): Promise<void> {
    this.#isEnded = true;
    this.#runner?.stop();
    await this.machine.dispose();
  }

  #makeRunner(): PageRunner {
    const elements = this.#surroundings.find(this);
    const views = new Map(elements.map((element) => [element.activity.id, element]));
    const activities = elements.map(({ activity }) => activity);
    return new PageRunner(this.machine, activities, {
      now: this.#surroundings.now,
      admit: (signal) => this.admit(signal),
      view: (id) => {
        const view = views.get(id);
        if (!view) throw new Error(`The machine "${this.name}" has no cell "${id}".`);
        return view;
      },
    });
  }
}

/** Gives the machines of a page, and knows all of them. */
export class Machines {
  readonly #surroundings: MachinesSurroundings;
  readonly #known = new Map<string, PageMachine>();
  readonly #listeners = new Set<() => void>();

  constructor(surroundings: MachinesSurroundings) {
    this.#surroundings = surroundings;
  }

  get all(): readonly PageMachine[] {
    return [...this.#known.values()];
  }

  /** The machine of this image and name; made when it is first asked for. */
  get(image: string, name: string): PageMachine {
    const key = `${image} ${name}`;
    const known = this.#known.get(key);
    if (known) return known;
    const made = new PageMachine(image, name, this, this.#surroundings);
    this.#known.set(key, made);
    made.subscribe(() => {
      for (const listener of this.#listeners) listener();
    });
    return made;
  }

  /** Calls the listener whenever the state of any machine has changed. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets the time of all of them stand still, or go on. Never rejects: a machine that fails says so in its state. */
  async setPaused(paused: boolean): Promise<void> {
    const changes = this.all.map(({ machine }) => (paused ? machine.pause() : machine.resume()));
    await Promise.allSettled(changes);
  }
}
