/** What is changed inside v86: the clock that it reads, and how it is woken after it has rested. */
import { MachineError } from '../errors.ts';
import type { SteadyClock } from './steady-clock.ts';

/** The part of v86 that runs the processor, by the names of its built program. */
interface Internals {
  constructor: { microtick?: () => number };
  /** Called when a turn has ended: go on with this tick in so many milliseconds. */
  yield(ms: number, tick: number): void;
  /** Goes on, unless another tick was asked for meanwhile. */
  yield_callback(tick: number): void;
}

/** What v86's program imports, with our clock in place of the one that it asks for the time. */
export function withClock(imports: WebAssembly.Imports, clock: SteadyClock): WebAssembly.Imports {
  const env = imports['env'] as Record<string, WebAssembly.ImportValue> & {
    run_hardware_timers: (acpi: boolean, now: number) => number;
  };
  const timers = (acpi: boolean, now: number): number => {
    // When the next timer is due: the engine rests until then if the processor has halted.
    const ms = env.run_hardware_timers(acpi, now);
    clock.rest(ms);
    return ms;
  };
  return { ...imports, env: { ...env, microtick: () => clock.now(), run_hardware_timers: timers } };
}

/**
 * Gives v86's devices the same clock, and in a browser lets this thread wake it. Returns what undoes
 * the latter. Throws a MachineError when v86 is built otherwise.
 */
export function changeInternals(emulator: object, clock: SteadyClock): () => void {
  const { v86 } = emulator as { v86?: Internals };
  if (!v86?.constructor.microtick || !('yield_callback' in v86))
    throw new MachineError('EngineFailed', 'v86 is built otherwise than expected');
  v86.constructor.microtick = () => clock.now();
  return 'setImmediate' in globalThis ? () => {} : wakeHere(v86);
}

/**
 * Each turn begins with a message: a timer that another one has set would come 4 ms late at least (HTML,
 * 8.7 Timers).
 */
function wakeHere(v86: Internals): () => void {
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  port1.onmessage = ({ data }: MessageEvent<number>) => v86.yield_callback(data);
  v86.yield = (ms, tick) => {
    clearTimeout(timer);
    if (ms < 1) port2.postMessage(tick);
    else timer = setTimeout(() => port2.postMessage(tick), ms);
  };
  return () => {
    clearTimeout(timer);
    port1.close();
  };
}
