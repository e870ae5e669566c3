/** Time as a reader's machine has it: the computer's, without what the guest could not use. */
import type { EngineTime, Processor } from './engine-time.ts';
import { SteadyClock } from './steady-clock.ts';

/** v86 has one clock for all machines of a thread. */
let threadClock: SteadyClock | undefined;

/** The time of this thread. */
export function realTime(): EngineTime {
  const clock = (threadClock ??= new SteadyClock(() => performance.now()));
  return {
    compiles: true,
    changeImports: ({ run_hardware_timers: run }) => ({
      microtick: () => clock.now(),
      run_hardware_timers: (acpi, now) => {
        // When the next timer is due: the engine rests until then if the processor has halted.
        const ms = run(acpi, now);
        clock.rest(ms);
        return ms;
      },
    }),
    attach(processor) {
      processor.constructor.microtick = () => clock.now();
      return 'setImmediate' in globalThis ? () => {} : wakeHere(processor);
    },
  };
}

/**
 * In a browser this thread wakes v86. Each slice begins with a message: a timer that another one has set
 * would come 4 ms late at least (HTML, 8.7 Timers).
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
