/** The source of an engine's time and random numbers. */
import { MachineError } from '../errors.ts';

/** A clock in milliseconds from an arbitrary origin. v86 reads it every few milliseconds while it runs. */
export interface Clock {
  now(): number;
}

/** The part of v86 that runs the processor, with the names in v86's build. */
export interface Processor {
  constructor: { microtick?: () => number };
  /** Number of the next slice of work. */
  tick_counter: number;
  /** Called at the end of a slice of work; schedules slice `tick` in `ms` milliseconds. */
  yield(ms: number, tick: number): void;
  /** Begins a slice of work, unless another one was requested meanwhile. */
  yield_callback(tick: number): void;
}

/** Changes to v86, made before it creates its devices. */
export interface EngineTime {
  /** Whether v86 may compile frequently executed code. */
  readonly compiles: boolean;
  /** Replaces imports of v86's program, such as its clock. */
  changeImports(env: EngineImports): Partial<EngineImports>;
  /** Called with the new processor and its count of instructions modulo 2^32. Returns a function that undoes it. */
  attach(processor: Processor, instructions: () => number): () => void;
}

/** The imports of v86 that are used here. */
export interface EngineImports {
  microtick: () => number;
  /** Runs all due timers, and returns the milliseconds until the next one. */
  run_hardware_timers: (acpi: boolean, now: number) => number;
  get_rand_int: () => number;
}

/** Throws 'EngineFailed' unless v86's build has the members used here. */
export function checkProcessor(processor: object): asserts processor is Processor {
  const { constructor } = processor as Partial<Processor>;
  if (!constructor?.microtick || !('yield_callback' in processor) || !('tick_counter' in processor))
    throw new MachineError(
      'EngineFailed',
      'This build of v86 lacks members that the engine needs.',
    );
}
