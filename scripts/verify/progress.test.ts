import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

function printed(isTTY: boolean): string {
  let text = '';
  const progress = new Progress({ isTTY, columns: 52, write: (part) => (text += part) }, 3);
  progress.step('content/x.mdx one', true);
  progress.step('content/x.mdx two', false);
  progress.print('a line');
  return text;
}

test('a terminal has one line that is overwritten', () => {
  const parts = printed(true).split('\r\u001b[K');
  expect(parts[1]).toBe('verify: 1 of 3 proofs; content/x.mdx one');
  expect(parts[2]).toBe('verify: 2 of 3 proofs, 1 not as expected; content/x');
  expect(parts[3]).toBe('a line\n');
});

test('without a terminal there are only plain lines', () => {
  expect(printed(false)).toBe('a line\n');
});
