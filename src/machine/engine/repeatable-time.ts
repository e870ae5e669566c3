/**
 * Time for a guest whose every run has to be the same, on a busy computer and on an idle one: it is counted
 * in the guest's own instructions, a rest is over at once, and nothing is compiled, since nobody knows when
 * a compilation has ended. What comes from outside has to come at fixed points: the disk answers at once,
 * and the page answers between two slices of work.
 */
import type { EngineTime, Processor } from './engine-time.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * Such a time, from this date on (Unix time in milliseconds). It needs Node. It changes Date.now and
 * Math.random for the whole thread until it is undone: v86's real-time clock and its network card ask for
 * nothing else.
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

/** A timer whose moment has come but is not yet over rings only a little later. */
const LEAST_REST_MS = 0.001;

function rest(processor: Processor, clock: VirtualClock, ms: number, tick: number): void {
  // A device that has something for the guest has asked for another slice meanwhile.
  if (tick === processor.tick_counter) clock.skip(Math.max(ms, LEAST_REST_MS));
  processor.yield_callback(tick);
}

/** 32-bit numbers that are always the same ones (Marsaglia, "Xorshift RNGs", 2003). */
function xorshift(seed: number): () => number {
  let value = seed;
  return () => {
    value ^= value << 13;
    value ^= value >>> 17;
    value ^= value << 5;
    return value;
  };
}
