import { expect, test } from 'vitest';
import { StepInterrupted } from './errors.ts';
import { Queue } from './queue.ts';

test('runs one task at a time, in order, and continues after a failure', async () => {
  const queue = new Queue();
  const log: string[] = [];
  const task = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
    return name;
  };
  const results = await Promise.allSettled(
    ['a', 'b', 'c'].map((name) => queue.add('lane', task(name))),
  );
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('a task whose signal is aborted before its start never runs', async () => {
  const queue = new Queue();
  const stop = new AbortController();
  let ran = false;
  let end: () => void = () => {};
  const first = queue.add('lane', () => new Promise<void>((resolve) => (end = resolve)));
  const second = queue.add(
    'lane',
    async () => {
      ran = true;
    },
    stop.signal,
  );
  stop.abort();
  await expect(second).rejects.toThrow(StepInterrupted);
  end();
  await first;
  await queue.add('lane', async () => {});
  expect(ran).toBe(false);
});

test('a signal that is aborted already rejects at once', async () => {
  await expect(new Queue().add('lane', async () => 1, AbortSignal.abort())).rejects.toThrow(
    StepInterrupted,
  );
});

/** A queue, tasks that the test ends, and a log of their beginnings and ends. */
function setUp() {
  const queue = new Queue();
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => async (): Promise<void> => {
    log.push(name);
    await new Promise<void>((resolve) => ends.set(name, resolve));
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { queue, log, task, end };
}

test('a barrier whose signal is aborted while it waits does not run, and lets later tasks run', async () => {
  const { queue, log, task, end } = setUp();
  const stop = new AbortController();
  void queue.add('a', task('a'));
  const barrier = queue.barrier(task('barrier'), stop.signal);
  void queue.add('b', task('b'));
  stop.abort();
  await expect(barrier).rejects.toThrow(StepInterrupted);
  await end('a');
  expect(log).toEqual(['a', 'b']);
});

test('lanes run in parallel, and a barrier runs alone', async () => {
  const { queue, log, task, end } = setUp();
  void queue.add('a', task('a1'));
  void queue.add('a', task('a2'));
  void queue.add('b', task('b1'));
  void queue.barrier(task('barrier'));
  void queue.add('b', task('b2'));
  void queue.runNow(task('at once'));
  await end('');
  expect(log).toEqual(['a1', 'b1', 'at once']);
  await end('b1');
  await end('a1');
  expect(log.slice(3)).toEqual(['a2']);
  await end('a2');
  void queue.runNow(task('after the barrier'));
  await end('');
  expect(log.slice(4)).toEqual(['barrier']);
  await end('barrier');
  expect(log.slice(5)).toEqual(['b2', 'after the barrier']);
});

test('clear rejects waiting tasks, and running ones continue', async () => {
  const { queue, log, task, end } = setUp();
  const running = queue.add('a', task('a1'));
  const waiting = queue.add('a', task('a2'));
  queue.clear(new Error('cleared'));
  await expect(waiting).rejects.toThrow('cleared');
  await end('a1');
  await running;
  expect(log).toEqual(['a1']);
});

test('a task that runs now waits for a barrier that begins right after another', async () => {
  const { queue, log, task, end } = setUp();
  void queue.barrier(task('first'));
  void queue.barrier(task('second'));
  const now = queue.runNow(() => log.push('now'));
  await end('first');
  expect(log).toEqual(['first', 'second']);
  await end('second');
  await now;
  expect(log).toEqual(['first', 'second', 'now']);
});
