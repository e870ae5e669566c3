import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { programs } from './references.ts';

test('the committed list of programs is that of the machine', async () => {
  const renew = 'Run `npm run references`, and commit docs/.';
  expect(readFileSync(programs.file, 'utf8'), renew).toBe(await programs.text());
});
