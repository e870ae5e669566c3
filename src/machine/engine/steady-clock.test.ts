import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LATE_MS, SteadyClock } from './steady-clock.ts';

/** A clock over a source that the test advances. */
function setUp() {
  let time = 1000;
  const clock = new SteadyClock(() => time);
  const pass = (ms: number): number => {
    time += ms;
    return clock.now();
  };
  return { clock, pass };
}

test('follows its source while it is read often', () => {
  const { pass } = setUp();
  for (const ms of [0, 1, 10, LATE_MS]) {
    const before = pass(0);
    expect(pass(ms) - before).toBe(ms);
  }
});

test('leaves out all but a small part of a delay', () => {
  const { pass } = setUp();
  const before = pass(0);
  expect(pass(3_600_000) - before).toBe(LATE_MS);
  expect(pass(5) - before).toBe(LATE_MS + 5);
});

test('lets the engine rest for the announced time and no longer', () => {
  const { clock, pass } = setUp();
  const before = pass(0);
  clock.rest(100);
  expect(pass(100) - before).toBe(100);
  clock.rest(100);
  expect(pass(1000) - before).toBe(200 + LATE_MS);
});

test('reading the clock does not end a rest', () => {
  const { clock, pass } = setUp();
  const before = pass(0);
  clock.rest(100);
  pass(10);
  expect(pass(90) - before).toBe(100);
});

test('work ends a rest early', () => {
  const { clock, pass } = setUp();
  clock.rest(100);
  pass(10);
  clock.rest(0);
  const before = pass(0);
  expect(pass(100) - before).toBe(LATE_MS);
});

test('never goes back, and never runs faster than its source', () => {
  // An overdue timer has a negative rest.
  const due = fc.oneof(fc.integer({ min: -1e6, max: 200 }), fc.constant(Number.NaN));
  const passing = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.option(due));
  fc.assert(
    fc.property(fc.array(passing), (steps) => {
      const { clock, pass } = setUp();
      let last = pass(0);
      for (const [ms, rest] of steps) {
        if (rest !== null) clock.rest(rest);
        const now = pass(ms);
        expect(now - last).toBeGreaterThanOrEqual(0);
        expect(now - last).toBeLessThanOrEqual(ms);
        last = now;
      }
    }),
  );
});
