import { expect, test } from 'vitest';
import { lineExcerpt } from './line-excerpt.ts';

const replaced = (printed: string, live: string) =>
  [
    { side: 'printed', text: printed },
    { side: 'live', text: live },
  ] as const;

test('a short line stays as it is', () => {
  const lines = replaced('x'.repeat(300), 'y');
  expect([0, 1].map((i) => lineExcerpt(lines, i))).toEqual(['x'.repeat(300), 'y']);
});

test('a long line is shown around its first difference', () => {
  const live = `${'a'.repeat(5000)}b${'c'.repeat(5000)}`;
  const lines = replaced('a'.repeat(10_000), live);
  expect(lineExcerpt(lines, 1)).toBe(
    `…${'a'.repeat(150)}b${'c'.repeat(149)}… (9,701 characters left out)`,
  );
  expect(lineExcerpt(lines, 0)).toBe(`…${'a'.repeat(300)}… (9,700 characters left out)`);
});

test('a difference at an end of the line is shown with that end', () => {
  const long = 'x'.repeat(301);
  expect(lineExcerpt([{ side: 'live', text: long }], 0)).toBe(
    `${'x'.repeat(300)}… (1 character left out)`,
  );
  expect(lineExcerpt(replaced('x'.repeat(300), long), 1)).toBe(
    `…${'x'.repeat(300)} (1 character left out)`,
  );
});
