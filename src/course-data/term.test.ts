import { expect, test } from 'vitest';
import { termSchema } from './term.ts';

test('a definition is plain text of one or two sentences', () => {
  const check = (definition: string) => termSchema.safeParse({ term: 'namespace', definition });
  expect(check('What a process sees of one kind of thing.').success).toBe(true);
  expect(check('What `ps` sees.').error?.message).toContain('without markup');
  expect(check('long '.repeat(100)).error?.message).toContain('400');
});
