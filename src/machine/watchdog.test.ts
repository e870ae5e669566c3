import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Watchdog } from './watchdog.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const guest = { answers: true, instructions: 0, isBusy: false, isExcused: false };
  const events: string[] = [];
  let answer = (): void => {};
  const watchdog = new Watchdog(
    {
      ping: () => {
        events.push('ping');
        return guest.answers
          ? Promise.resolve()
          : new Promise<void>((resolve) => (answer = resolve));
      },
      instructions: () => guest.instructions++,
      isBusy: () => guest.isBusy,
      isExcused: () => guest.isExcused,
      onSilent: (isSilent) => events.push(isSilent ? 'silent' : 'answers'),
      onDead: () => events.push('dead'),
    },
    Date.now,
  );
  const pass = async (seconds: number): Promise<string[]> => {
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    return events.splice(0);
  };
  return { guest, watchdog, pass, answer: () => answer() };
}

test('it pings for a minute after it was woken, and as long as a step runs', async () => {
  const { guest, watchdog, pass } = setUp();
  expect(await pass(60)).toEqual([]);
  watchdog.wake();
  expect(new Set(await pass(59))).toEqual(new Set(['ping', 'answers']));
  await pass(5);
  expect(await pass(60)).toEqual([]);
  guest.isBusy = true;
  watchdog.wake();
  await pass(100);
  expect(await pass(5)).toContain('ping');
  watchdog.end();
  expect(await pass(60)).toEqual([]);
});

test('a guest that computes and does not answer is silent until it answers', async () => {
  const { guest, watchdog, pass, answer } = setUp();
  guest.answers = false;
  watchdog.wake();
  expect(await pass(6.9)).toEqual(['ping']);
  expect(await pass(0.2)).toEqual(['silent']);
  guest.answers = true;
  answer();
  expect(await pass(1)).toEqual(['answers']);
});

test('a guest that is paused or waits for its disk is not silent', async () => {
  const { guest, watchdog, pass } = setUp();
  guest.answers = false;
  guest.isExcused = true;
  watchdog.wake();
  expect(await pass(30)).toEqual(['ping']);
  guest.isExcused = false;
  expect(await pass(10)).toContain('silent');
});

test('a guest that executes no instruction is dead', async () => {
  const { guest, watchdog, pass } = setUp();
  guest.answers = false;
  Object.defineProperty(guest, 'instructions', { get: () => 7, set: () => {} });
  watchdog.wake();
  expect(await pass(20)).toEqual(['ping', 'dead']);
});
