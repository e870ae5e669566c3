import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from './announcer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const said: string[] = [];
  const announcer = new Announcer((text) => said.push(text));
  return { said, announcer, note: (...pids: number[]) => announcer.note(new Set(pids)) };
}

test('says nothing at first, and sums up later changes once the machine is quiet', () => {
  const { said, note } = setUp();
  note(1, 2);
  vi.runAllTimers();
  note(1, 2, 3);
  note(1, 2, 3, 4);
  note(1, 2, 4, 5);
  expect(said).toEqual([]);
  vi.runAllTimers();
  expect(said).toEqual(['2 processes appeared.']);
  note(1);
  vi.runAllTimers();
  expect(said.at(-1)).toBe('3 processes ended.');
});

test('what came and went in the meantime is not announced, nor are reports without a change', () => {
  const { said, note } = setUp();
  note(1);
  note(1, 7);
  note(1);
  vi.runAllTimers();
  note(1);
  vi.runAllTimers();
  expect(said).toEqual([]);
});

test('the processes of another machine are not a change', () => {
  const { said, announcer, note } = setUp();
  note(1, 2);
  vi.runAllTimers();
  announcer.beginAnew();
  note(8, 9);
  vi.runAllTimers();
  expect(said).toEqual([]);
});
