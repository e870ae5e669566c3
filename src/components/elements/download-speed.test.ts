import { expect, test } from 'vitest';
import { DownloadSpeed } from './download-speed.ts';

test('counts the last seconds only', () => {
  const speed = new DownloadSpeed();
  expect(speed.bytesPerSecond).toBeUndefined();
  speed.add(0, 0);
  speed.add(1000, 100);
  expect(speed.bytesPerSecond).toBeUndefined();
  for (let second = 1; second <= 20; second++) speed.add(1_000_000 * second, 1000 * second);
  expect(speed.bytesPerSecond).toBe(1_000_000);
  for (let second = 21; second <= 26; second++) speed.add(20_000_000 + 10 * second, 1000 * second);
  expect(speed.bytesPerSecond).toBeLessThan(100);
});

test('forgets what it has measured', () => {
  const speed = new DownloadSpeed();
  speed.add(0, 0);
  speed.add(5000, 1000);
  speed.clear();
  expect(speed.bytesPerSecond).toBeUndefined();
});

test('begins again with another download', () => {
  const speed = new DownloadSpeed();
  speed.add(0, 0);
  speed.add(5000, 1000);
  speed.add(100, 2000);
  expect(speed.bytesPerSecond).toBeUndefined();
  speed.add(1100, 3000);
  expect(speed.bytesPerSecond).toBe(1000);
});
