import { expect, test } from 'vitest';
import { listenForLastWords } from './last-words.ts';

test('last words are reported once, however the text is split', () => {
  const heard: string[] = [];
  const listen = listenForLastWords((message) => heard.push(message));
  for (const character of '[ 12.3] reboot: System halted\n') listen(character);
  listen('nothing else');
  expect(heard).toEqual(['The machine was halted.']);
});

test('other messages are ignored', () => {
  const heard: string[] = [];
  listenForLastWords((message) => heard.push(message))('reboot: System is not halted\n');
  expect(heard).toEqual([]);
});
