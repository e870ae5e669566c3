import { expect, test } from 'vitest';
import { WaitState } from './wait-state.ts';

test('a program that a typed command has left waiting holds the session until a shell is at its prompt', () => {
  const wait = new WaitState();
  wait.note(undefined, true);
  expect(wait.isHeldByPerson).toBe(true);
  expect(new WaitState(wait.record()).isHeldByPerson).toBe(true);
  wait.note(0, false);
  expect(wait.isHeldByPerson).toBe(false);
  expect(wait.record()).toEqual({});
});

test('a shell without our prompts that a cell has started does not hold the session', () => {
  const wait = new WaitState();
  wait.note(undefined, false);
  const restored = new WaitState(wait.record());
  restored.note(undefined, true);
  expect(restored.isHeldByPerson).toBe(false);
});
