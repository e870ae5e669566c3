import { expect, test } from 'vitest';
import { publishCheck, watchMistakes } from './mistakes.ts';

test('a mistake is told once, and stays open until its file is right', () => {
  const told: string[] = [];
  const open = watchMistakes(({ message }) => told.push(message));
  publishCheck('a.mdx', new Error('wrong'));
  publishCheck('b.mdx');
  expect([...open.keys()]).toEqual(['a.mdx']);
  publishCheck('a.mdx');
  expect(open.size).toBe(0);
  expect(told).toEqual(['wrong']);
});
