/** Where an engine gets its time and its random numbers from. */
import { MachineError } from '../errors.ts';

/** A clock in milliseconds, counted from anywhere. v86 asks it every few milliseconds while it works. */
export interface Clock {
  now(): number;
}

/** The part of v86 that runs the processor, by the names of its built program. */
export interface Processor {
  constructor: { microtick?: () => number };
  /** Number of the slice of work that comes next. */
  tick_counter: number;
  /** Called when a slice of work has ended: begin this one in this number of milliseconds. */
  yield(ms: number, tick: number): void;
  /** Begins a slice of work, unless another one was asked for meanwhile. */
  yield_callback(tick: number): void;
}

/** What is changed inside v86 before its devices are made. */
export interface EngineTime {
  /** Whether what is executed often may be compiled. */
  readonly compiles: boolean;
  /** What v86's program imports, with a clock of ours in place of the one that it asks for the time. */
  changeImports(env: EngineImports): Partial<EngineImports>;
  /** Called with the processor once it is made, and a count of its instructions modulo 2^32. Returns what undoes it. */
  attach(processor: Processor, instructions: () => number): () => void;
}

/** What is used of v86's imports. */
export interface EngineImports {
  microtick: () => number;
  /** Runs the timers that are due, and returns the milliseconds until the next one is. */
  run_hardware_timers: (acpi: boolean, now: number) => number;
  get_rand_int: () => number;
}

/** Throws 'EngineFailed' unless v86 is built as all this expects. */
export function checkProcessor(processor: object): asserts processor is Processor {
  const { constructor } = processor as Partial<Processor>;
  if (!constructor?.microtick || !('yield_callback' in processor) || !('tick_counter' in processor))
    throw new MachineError('EngineFailed', 'v86 is built otherwise than expected');
}
