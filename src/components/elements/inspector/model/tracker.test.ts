import { expect, test } from 'vitest';
import { LINGER_MS, Tracker } from './tracker.ts';

const step = { cell: 'a', step: 1 };
const keys = (tracker: Tracker<string>) =>
  tracker.all.map(({ key, origin, endedAt }) => `${key}${origin ? '+' : ''}${endedAt ? '-' : ''}`);

test('what the first report has was there before; what a later one adds is new', () => {
  const tracker = new Tracker<string>((item) => item);
  tracker.update(['a'], 1, [step]);
  tracker.update(['a', 'b'], 2, [step]);
  expect(keys(tracker)).toEqual(['a', 'b+']);
  tracker.update(['a', 'b'], 3, []);
  expect(tracker.all[1]?.origin).toEqual([step]);
});

test('what has ended stays for a moment, and is new if it comes back', () => {
  const tracker = new Tracker<string>((item) => item);
  tracker.update(['a', 'b'], 1, []);
  tracker.update(['b'], 10, []);
  expect(keys(tracker)).toEqual(['b', 'a-']);
  expect(tracker.hasEnded).toBe(true);
  tracker.update(['b', 'a'], 20, [step]);
  expect(keys(tracker)).toEqual(['b', 'a+']);
  tracker.update(['b'], 30, []);
  tracker.expire(30 + LINGER_MS - 1);
  expect(keys(tracker)).toEqual(['b', 'a+-']);
  tracker.expire(30 + LINGER_MS);
  expect(keys(tracker)).toEqual(['b']);
  expect(tracker.hasEnded).toBe(false);
});

test('in another state of the machine nothing is new, has ended, or is taken for another one', () => {
  const tracker = new Tracker<string>(
    (item) => item[0] ?? '',
    (one, other) => one === other,
  );
  tracker.update(['x'], 1, []);
  tracker.update(['x', 'a1', 'b1', 'c1'], 2, [step]);
  tracker.beginAnew();
  tracker.update(['x', 'a1', 'b2'], 3, [step]);
  expect(keys(tracker)).toEqual(['x', 'a+', 'b']);
});
