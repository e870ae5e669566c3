import { expect, test } from 'vitest';
import { listenForNotices } from './kernel-notices.ts';
import type { KernelNotice } from './kernel-notices.ts';

function noticesIn(...pieces: string[]): KernelNotice[] {
  const notices: KernelNotice[] = [];
  const listen = listenForNotices((notice) => notices.push(notice));
  for (const piece of pieces) listen(piece);
  return notices;
}

const LINE =
  '[   21.926335] Out of memory: Killed process 37 (tail) total-vm:90820kB, anon-rss:90564kB\r\n';

test('a killed process is found, in whatever pieces the console arrives', () => {
  const notice = { name: 'out of memory', of: 'machine', pid: 37, program: 'tail' };
  expect(noticesIn(LINE)).toEqual([notice]);
  expect(noticesIn(...LINE, 'more\n')).toEqual([notice]);
  expect(noticesIn(LINE.replace('Out of', 'Memory cgroup out of'))).toEqual([
    { ...notice, of: 'group' },
  ]);
});

test('other lines are no notices, even if a program writes them', () => {
  expect(noticesIn('[    1.0] x: Out of memory: Killed process 1 (a)\n')).toEqual([]);
  expect(noticesIn('Out of memory: Killed process x (a)\n')).toEqual([]);
  expect(noticesIn('x'.repeat(1e6), LINE)).toEqual([]);
});
