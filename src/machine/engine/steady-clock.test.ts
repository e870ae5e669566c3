import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LATE_MS, SteadyClock } from './steady-clock.ts';

/** A clock over a source that the test moves. */
function setUp() {
  let time = 1000;
  const clock = new SteadyClock(() => time);
  const pass = (ms: number): number => {
    time += ms;
    return clock.now();
  };
  return { clock, pass };
}

test('goes with its source while it is asked often', () => {
  const { pass } = setUp();
  for (const ms of [0, 1, 10, LATE_MS]) {
    const before = pass(0);
    expect(pass(ms) - before).toBe(ms);
  }
});

test('leaves out what goes beyond a small delay', () => {
  const { pass } = setUp();
  const before = pass(0);
  expect(pass(3_600_000) - before).toBe(LATE_MS);
  expect(pass(5) - before).toBe(LATE_MS + 5);
});

test('lets the engine rest as long as it said, and no longer', () => {
  const { clock, pass } = setUp();
  const before = pass(0);
  clock.rest(100);
  expect(pass(100) - before).toBe(100);
  clock.rest(100);
  expect(pass(1000) - before).toBe(200 + LATE_MS);
});

test('a look at the time does not end a rest', () => {
  const { clock, pass } = setUp();
  const before = pass(0);
  clock.rest(100);
  pass(10);
  expect(pass(90) - before).toBe(100);
});

test('a rest that work has ended early is no longer one', () => {
  const { clock, pass } = setUp();
  clock.rest(100);
  pass(10);
  clock.rest(0);
  const before = pass(0);
  expect(pass(100) - before).toBe(LATE_MS);
});

test('never goes back, and never faster than its source', () => {
  // A timer that is overdue has its time before now.
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
