import { expect, test } from 'vitest';
import { INSTRUCTIONS_PER_MS, VirtualClock } from './virtual-clock.ts';

function setUp(start = 0) {
  let count = start;
  const clock = new VirtualClock();
  clock.follow(() => count);
  const execute = (instructions: number): number => {
    count = (count + instructions) >>> 0;
    return clock.now();
  };
  return { clock, execute };
}

test('follows the instructions, and stands still without them', () => {
  const { clock, execute } = setUp(12_345);
  expect(clock.now()).toBe(0);
  expect(execute(INSTRUCTIONS_PER_MS)).toBe(1);
  expect(clock.now()).toBe(1);
  expect(execute(INSTRUCTIONS_PER_MS / 2)).toBe(1.5);
});

test('continues when the counter wraps around or is read as a negative number', () => {
  const { execute } = setUp(2 ** 32 - INSTRUCTIONS_PER_MS);
  expect(execute(3 * INSTRUCTIONS_PER_MS)).toBe(3);
  let count = 2 ** 31 - 1;
  const clock = new VirtualClock();
  clock.follow(() => count | 0);
  count += INSTRUCTIONS_PER_MS;
  expect(clock.now()).toBe(1);
});

test('moves forward by a rest, and never back', () => {
  const { clock, execute } = setUp();
  clock.skip(40);
  expect(execute(INSTRUCTIONS_PER_MS)).toBe(41);
  clock.skip(-5);
  expect(clock.now()).toBe(41);
});
