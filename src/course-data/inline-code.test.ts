import { expect, test } from 'vitest';
import { inlineCode } from './inline-code.ts';

test('turns text in backticks into code', () => {
  expect(inlineCode('`ps` and `top`')).toBe('<code>ps</code> and <code>top</code>');
});

test('shows every other character as it is', () => {
  expect(inlineCode('a < b & `c > "d"`')).toBe('a &lt; b &amp; <code>c &gt; &quot;d&quot;</code>');
  expect(inlineCode('one ` alone')).toBe('one ` alone');
});
