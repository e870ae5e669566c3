import { afterEach, expect, test } from 'vitest';
import type { Processor } from './engine-time.ts';
import { repeatableTime } from './repeatable-time.ts';
import { INSTRUCTIONS_PER_MS } from './virtual-clock.ts';

const DATE = Date.UTC(2025, 0, 1);
const HOUR = 3_600_000;
const { now } = Date;
const { random } = Math;
/** The imports of v86; the originals would return different numbers each time. */
const env = { microtick: now, run_hardware_timers: () => 0, get_rand_int: () => Number.NaN };
const nextImmediate = () => new Promise((resolve) => setImmediate(resolve));

let undo = (): void => {};
afterEach(() => undo());

/** Repeatable time, attached to a processor that records its slices of work. The test sets its instructions. */
function setUp() {
  let count = 0;
  const slices: number[] = [];
  const processor: Processor = {
    constructor: {},
    tick_counter: 1,
    yield: () => expect.unreachable('v86 would wait for a real timer'),
    yield_callback: (tick) => slices.push(tick),
  };
  const time = repeatableTime(DATE);
  const { microtick = now, get_rand_int: draw = random } = time.changeImports(env);
  undo = time.attach(processor, () => count);
  const execute = (instructions: number) => (count += instructions);
  return { processor, slices, microtick, draw, execute };
}

test('a rest of an hour ends at once and moves the clock by an hour', async () => {
  const { processor, slices, microtick } = setUp();
  processor.yield(HOUR, 1);
  await nextImmediate();
  expect(slices).toEqual([1]);
  expect(microtick()).toBe(HOUR);
});

test('a rest that a device ends takes no time', async () => {
  const { processor, microtick } = setUp();
  processor.yield(HOUR, 1);
  processor.tick_counter = 2;
  await nextImmediate();
  expect(microtick()).toBe(0);
});

test('a rest of no length moves the clock, or its timer would never fire', async () => {
  const { processor, microtick } = setUp();
  processor.yield(0, 1);
  await nextImmediate();
  expect(microtick()).toBeGreaterThan(0);
});

test('the clocks of the processor, the devices and the date follow the instructions', () => {
  const { processor, microtick, execute } = setUp();
  execute(5 * INSTRUCTIONS_PER_MS);
  expect([microtick(), processor.constructor.microtick?.()]).toEqual([5, 5]);
  expect(Date.now()).toBe(DATE + 5);
});

test('random numbers are the same in each run and have 32 bits', () => {
  const runs = [1, 2].map(() => {
    const { draw } = setUp();
    const numbers = [draw(), draw(), Math.random()];
    undo();
    return numbers;
  });
  expect(runs[0]).toEqual(runs[1]);
  expect(new Set(runs[0]).size).toBe(3);
  expect(runs[0]?.every((number) => number === (number | 0) || (number >= 0 && number < 1))).toBe(
    true,
  );
});

test('undoing it restores the real date and random numbers', () => {
  setUp();
  expect([Date.now === now, Math.random === random]).toEqual([false, false]);
  undo();
  expect([Date.now === now, Math.random === random]).toEqual([true, true]);
});
