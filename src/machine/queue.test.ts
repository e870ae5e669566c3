import { expect, test } from 'vitest';
import { Queue } from './queue.ts';

test('runs one task at a time, in order, past a failure', async () => {
  const queue = new Queue();
  const log: string[] = [];
  const task = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
    return name;
  };
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => queue.add(task(name))));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('a task whose signal is aborted before its turn never runs', async () => {
  const queue = new Queue();
  const stop = new AbortController();
  let ran = false;
  let end: () => void = () => {};
  const first = queue.add(() => new Promise<void>((resolve) => (end = resolve)));
  const second = queue.add(async () => {
    ran = true;
  }, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  end();
  await first;
  await queue.add(async () => {});
  expect(ran).toBe(false);
});

test('a signal that is aborted already rejects at once', async () => {
  await expect(new Queue().add(async () => 1, AbortSignal.abort(new Error('no')))).rejects.toThrow(
    'no',
  );
});
