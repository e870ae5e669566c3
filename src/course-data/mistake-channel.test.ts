import { expect, test } from 'vitest';
import { publishCheck, watchMistakes } from './mistake-channel.ts';

test('a mistake is reported once, and stays open until its file is valid', () => {
  const reported: string[] = [];
  const open = watchMistakes(({ message }) => reported.push(message));
  publishCheck('a.mdx', new Error('wrong'));
  publishCheck('b.mdx');
  expect([...open.keys()]).toEqual(['a.mdx']);
  publishCheck('a.mdx');
  expect(open.size).toBe(0);
  expect(reported).toEqual(['wrong']);
});
