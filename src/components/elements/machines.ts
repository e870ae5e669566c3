/** The machines of a page. Each has its own runner, queue and kept states. Independent of the DOM. */
import type { PageActivity } from '../../cells/activity.ts';
import type { PlanRunner } from '../../cells/run/plan-runner.ts';
import { PageRunner } from '../../cells/run/page-runner.ts';
import type { ActivityView } from '../../cells/run/activity-view.ts';
import { StepInterrupted } from '../../machine/errors.ts';
import { Observable } from '../../observable.ts';
import type { PageSideMachine } from '../../machine/machine.ts';
import type { MachineState } from '../../machine/state.ts';

/** An activity of the page and its view. */
export interface ActivityElement extends ActivityView {
  readonly activity: PageActivity;
}

/** The cost of a start: nothing, memory for one more machine, or the machines that have to end first. */
export type Admission =
  { kind: 'alone' } | { kind: 'beside' } | { kind: 'instead'; others: PageMachine[] };

export interface MachinesSurroundings {
  /** Makes a machine from an image; it downloads nothing before its first start. */
  create(image: string): PageSideMachine;
  /** Whether files may be downloaded before the reader asks for it. */
  mayFetchAhead(): boolean;
  /** Number of machines for which this device has memory. */
  room(): number;
  /** Finds the activities of a machine; called at their first use, when the page is complete. */
  find(machine: PageMachine): ActivityElement[];
  /** The time in milliseconds. */
  now(): number;
  /** Loads the class that runs plans. */
  loadPlans(): Promise<typeof PlanRunner>;
}

/** One machine of a page. */
export class PageMachine {
  readonly image: string;
  readonly name: string;
  readonly machine: PageSideMachine;
  /** Asks the reader whether it may start; false if the signal is aborted. Declines until it is set. */
  ask: (admission: Admission, signal: AbortSignal) => Promise<boolean> = async () => false;
  readonly #machines: Machines;
  readonly #surroundings: MachinesSurroundings;
  readonly #state = new Observable<MachineState>({ name: 'idle' });
  #runner: PageRunner | undefined;
  #isAdmitted = false;
  /** Whether it has been ready since its last start. */
  #hasStarted = false;
  #isEnded = false;

  constructor(image: string, name: string, machines: Machines, surroundings: MachinesSurroundings) {
    this.image = image;
    this.name = name;
    this.#machines = machines;
    this.#surroundings = surroundings;
    this.machine = surroundings.create(image);
    this.machine.subscribe((state) => {
      if (state.name === 'ready') this.#hasStarted = true;
      if (state.name === 'failed' || state.name === 'idle') {
        this.#isAdmitted = false;
        this.#hasStarted = false;
      }
      // If the reader ended it, it is as before its first start.
      this.#state.value = state.name === 'failed' && this.#isEnded ? { name: 'idle' } : state;
    });
  }

  get state(): MachineState {
    return this.#state.value;
  }

  /** Whether it uses memory, or is about to. */
  get isOn(): boolean {
    return this.#isAdmitted || (this.state.name !== 'idle' && this.state.name !== 'failed');
  }

  /** Whether it is starting, so that a start can be cancelled. */
  get isStarting(): boolean {
    const { name } = this.state;
    return (name === 'fetching' || name === 'restoring') && !this.#hasStarted;
  }

  /** Runs the activities of this machine. */
  get runner(): PageRunner {
    return (this.#runner ??= this.#makeRunner());
  }

  /** Calls the listener with the state, now and at each change. Returns a function that unsubscribes. */
  subscribe(listener: (state: MachineState) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** The present cost of a start. */
  get admission(): Admission {
    const others = this.#machines.all.filter((each) => each !== this && each.isOn);
    if (!others.length) return { kind: 'alone' };
    if (others.length < this.#surroundings.room()) return { kind: 'beside' };
    return { kind: 'instead', others };
  }

  /**
   * Waits until the machine may start. Asks the reader if the start costs something. Rejects with
   * StepInterrupted when the reader declines or the signal is aborted.
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
    this.#machines.dropAhead(this);
  }

  /**
   * Begins the download for a start that needs no question. Returns a function that gives it up, unless the start has
   * taken it over or it is complete.
   */
  fetchAhead(): () => void {
    const { isOn, admission } = this;
    const isWanted = !isOn && admission.kind === 'alone' && this.#surroundings.mayFetchAhead();
    if (!isWanted) return () => {};
    this.#machines.dropAhead(this);
    this.runner.prepare().catch(() => {
      // The run tries again, and reports it.
    });
    return this.machine.fetchAhead();
  }

  /** Starts it once `admit` allows. Rejects as `admit` and the machine do. */
  async start(): Promise<void> {
    await this.admit(new AbortController().signal);
    if (this.state.name === 'stopped') await this.runner.reset();
    else await this.machine.start();
    this.runner.forgetFailures();
  }

  /** Ends it and its worker, since WebAssembly frees memory in no other way. Never rejects. */
  async end(): Promise<void> {
    this.#runner?.stop();
    await this.#dispose();
  }

  #dispose(): Promise<void> {
    this.#isEnded = true;
    return this.machine.dispose();
  }

  #makeRunner(): PageRunner {
    const elements = this.#surroundings.find(this);
    const views = new Map(elements.map((element) => [element.activity.id, element]));
    const activities = elements.map(({ activity }) => activity);
    return new PageRunner(this.machine, activities, {
      now: this.#surroundings.now,
      loadPlans: this.#surroundings.loadPlans,
      cancelStart: () => void this.#dispose(),
      admit: (signal) => this.admit(signal),
      view: (id) => {
        const view = views.get(id);
        if (!view) throw new Error(`The machine "${this.name}" has no cell "${id}".`);
        return view;
      },
    });
  }
}

/** The registry of a page's machines. */
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

  /** The machine of this image and name, made at the first request. */
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

  /** Calls the listener whenever the state of any machine changes. Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Frees what was downloaded ahead of a start, except for one machine. */
  dropAhead(except?: PageMachine): void {
    for (const each of this.all) if (each !== except) each.machine.dropAhead();
  }

  /** Pauses or resumes all machines. Never rejects: a failure shows in a machine's state. */
  async setPaused(paused: boolean): Promise<void> {
    if (paused) this.dropAhead();
    const changes = this.all.map(({ machine }) => (paused ? machine.pause() : machine.resume()));
    await Promise.allSettled(changes);
  }
}
