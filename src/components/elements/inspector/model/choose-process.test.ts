import { expect, test } from 'vitest';
import { chooseProcess } from './choose-process.ts';
import { process } from './fake-report.ts';

const tracked = [process(1, 0), process(5, 1, { mnt: 7 }), process(8, 1), process(9, 1)].map(
  (item) => ({ key: String(item.pid), item }),
);

test('the chosen process counts, then the newest with the name, then the newest with mounts of its own', () => {
  expect(chooseProcess(tracked, 8)).toBe(8);
  expect(chooseProcess(tracked, 'p9')).toBe(9);
  expect(chooseProcess(tracked, 'none')).toBe(5);
  expect(chooseProcess(tracked, undefined)).toBe(5);
  expect(chooseProcess(tracked.slice(0, 1), 99)).toBe(1);
  expect(chooseProcess([], undefined)).toBe(1);
});

test('a process that has ended is not chosen', () => {
  const ended = tracked.map((each) => (each.item.pid === 5 ? { ...each, endedAt: 1 } : each));
  expect(chooseProcess(ended, 5)).toBe(1);
});
