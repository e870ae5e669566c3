import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onIntent } from './on-intent.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A button, and the events and waits that the test plays on it. `log` has what begins and ends. */
function play(...acts: (string | number)[]): string[] {
  const log: string[] = [];
  const button = new EventTarget();
  let count = 0;
  onIntent(button, () => {
    const id = ++count;
    log.push(`begin ${id}`);
    return () => log.push(`end ${id}`);
  });
  for (const act of acts) {
    if (typeof act === 'number') vi.advanceTimersByTime(act);
    else button.dispatchEvent(new Event(act));
  }
  return log;
}

test('a pointer that rests on the button begins, and one that passes over it does not', () => {
  expect(play('pointerenter', 149)).toEqual([]);
  expect(play('pointerenter', 150)).toEqual(['begin 1']);
  expect(play('pointerenter', 149, 'pointerleave', 1000)).toEqual([]);
});

test('focus and a press begin at once', () => {
  expect(play('focusin')).toEqual(['begin 1']);
  expect(play('pointerdown')).toEqual(['begin 1']);
});

test('it ends a moment after the pointer has left, unless the pointer comes back', () => {
  expect(play('pointerenter', 150, 'pointerleave', 299)).toEqual(['begin 1']);
  expect(play('pointerenter', 150, 'pointerleave', 300)).toEqual(['begin 1', 'end 1']);
  // The new beginning comes before the old end, so nothing that both want is given up.
  expect(play('pointerenter', 150, 'pointerleave', 299, 'pointerenter', 150)).toEqual([
    ...['begin 1', 'begin 2', 'end 1'],
  ]);
});

test('it goes on while the button has the focus or the pointer', () => {
  expect(play('focusin', 'pointerenter', 'pointerleave', 1000)).toEqual(['begin 1']);
  expect(play('pointerdown', 'focusin', 'focusout', 1000)).toEqual(['begin 1', 'begin 2', 'end 1']);
  expect(play('focusin', 'focusout', 300)).toEqual(['begin 1', 'end 1']);
});

test('a finger that scrolls the page away from the button ends it', () => {
  expect(play('pointerenter', 'pointerdown', 'pointercancel', 'pointerleave', 300)).toEqual([
    ...['begin 1', 'end 1'],
  ]);
});
