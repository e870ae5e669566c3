/** The time of a reader's machine: the computer's, without long delays in which the guest could not run. */
import type { EngineTime, Processor } from './engine-time.ts';
import { SteadyClock } from './steady-clock.ts';

/** v86 uses one clock for all machines of a thread. */
let threadClock: SteadyClock | undefined;

/** Returns this thread's time. */
export function realTime(): EngineTime {
  const clock = (threadClock ??= new SteadyClock(() => performance.now()));
  return {
    compiles: true,
    changeImports: ({ run_hardware_timers: run }) => ({
      microtick: () => clock.now(),
      run_hardware_timers: (acpi, now) => {
        // If the processor has halted, the engine sleeps until the next timer is due.
        const ms = run(acpi, now);
        clock.rest(ms);
        return ms;
      },
    }),
    attach(processor) {
      processor.constructor.microtick = () => clock.now();
      // In Node, v86 wakes itself.
      return typeof globalThis.setImmediate === 'function' ? () => {} : wakeHere(processor);
    },
  };
}

/**
 * In a browser this thread wakes v86. A message begins each slice, since browsers delay nested timers by at
 * least 4 ms (HTML, 8.7 Timers).
 */
function wakeHere(processor: Processor): () => void {
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  port1.onmessage = ({ data }: MessageEvent<number>) => processor.yield_callback(data);
  processor.yield = (ms, tick) => {
    clearTimeout(timer);
    if (ms < 1) port2.postMessage(tick);
    else timer = setTimeout(() => port2.postMessage(tick), ms);
  };
  return () => {
    clearTimeout(timer);
    port1.close();
  };
}
