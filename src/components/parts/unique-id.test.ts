import { expect, test } from 'vitest';
import { uniqueId } from './unique-id.ts';

test('an id is used once on a page, and again on another', () => {
  const page = {};
  expect([uniqueId(page, 'a'), uniqueId(page, 'a'), uniqueId(page, 'b')]).toEqual([
    'a',
    'a-2',
    'b',
  ]);
  expect(uniqueId({}, 'a')).toBe('a');
});
