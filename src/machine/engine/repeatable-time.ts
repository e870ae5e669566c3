/**
 * Time for a guest that must run identically on a busy and on an idle computer. The clock counts the guest's
 * own instructions and skips its idle time. Nothing is compiled, since the end of a compilation is not
 * predictable. Input arrives at fixed points only: the disk answers at once, and the page answers between two
 * slices of work.
 */
import type { EngineTime, Processor } from './engine-time.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * Repeatable time that begins at this date (Unix time in milliseconds). Needs Node. Replaces Date.now and
 * Math.random in the whole thread until undone, since v86's real-time clock and network card use nothing
 * else.
 */
export function repeatableTime(date: number): EngineTime {
  const clock = new VirtualClock();
  const random = xorshift(0x2545f491);
  return {
    compiles: false,
    changeImports: () => ({ microtick: () => clock.now(), get_rand_int: random }),
    attach(processor, instructions) {
      clock.follow(instructions);
      processor.constructor.microtick = () => clock.now();
      processor.yield = (ms, tick) => setImmediate(() => rest(processor, clock, ms, tick));
      const { now } = Date;
      const { random: chance } = Math;
      Date.now = () => Math.floor(date + clock.now());
      Math.random = () => (random() >>> 0) / 2 ** 32;
      return () => {
        Date.now = now;
        Math.random = chance;
      };
    },
  };
}

/** A timer fires only once its time has passed, so even a rest of 0 ms moves the clock this far. */
const MIN_REST_MS = 0.001;

function rest(processor: Processor, clock: VirtualClock, ms: number, tick: number): void {
  // Otherwise a device with data for the guest has requested another slice meanwhile.
  if (tick === processor.tick_counter) clock.skip(Math.max(ms, MIN_REST_MS));
  processor.yield_callback(tick);
}

/** A fixed sequence of 32-bit pseudorandom numbers (Marsaglia, "Xorshift RNGs", 2003). */
function xorshift(seed: number): () => number {
  let value = seed;
  return () => {
    value ^= value << 13;
    value ^= value >>> 17;
    value ^= value << 5;
    return value;
  };
}
