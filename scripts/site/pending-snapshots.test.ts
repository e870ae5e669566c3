import { expect, test } from 'vitest';
import { makeSnapshot, PendingSnapshots } from './pending-snapshots.ts';

test('each image is pending with its steps until it is made, or for good if that fails', async () => {
  const seen: unknown[] = [];
  const pending = new PendingSnapshots(['one', 'two'], async (image, { onSteps } = {}) => {
    onSteps?.({ done: 1, of: 2 });
    if (image === 'one') throw new Error('The kernel panicked.');
  });
  expect(pending.of('course')).toBeUndefined();
  const both = { one: { done: 0, of: 0 }, two: { done: 0, of: 0 } };
  expect(pending.all).toEqual(both);
  const made: string[] = [];
  const failed = await pending.makeAll({
    onChange: () => seen.push(pending.all),
    onMade: async (image) => {
      // A server must not answer with files that are not in place yet.
      expect(pending.of(image)).toBeDefined();
      made.push(image);
    },
  });
  const one = { failed: 'The kernel panicked.' };
  expect(seen).toEqual([
    { ...both, one: { done: 1, of: 2 } },
    { ...both, one },
    { one, two: { done: 1, of: 2 } },
    { one },
  ]);
  expect(failed).toEqual(['one']);
  expect(made).toEqual(['two']);
});

test('an image that cannot be made is an error with the reason', async () => {
  await expect(makeSnapshot('none')).rejects.toThrow(
    /snapshot\.ts --image none ended with 1\.\n[^]*There is no image "none"/,
  );
});

test('the work can be ended', async () => {
  const stop = new AbortController();
  const made = makeSnapshot('course', { signal: stop.signal });
  stop.abort();
  await expect(made).rejects.toThrow('aborted');
});
