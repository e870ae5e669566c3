// `npm test` and `npm run test:full` share the browser tests between them.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parts } from './parts.ts';

test('each browser test is in exactly one part', () => {
  const filterOf = (name: string) =>
    parts.find((part) => part.name === name)?.commands[0]?.slice(2, 4);
  expect(filterOf('e2e')).toEqual(['--grep-invert', '@full']);
  expect(filterOf('e2e-full')).toEqual(['--grep', '@full']);
});

/** All tests in this file are long, and the tests in `inspector.e2e.ts` also open the inspector. */
const onlyFull = ['inspector-views.e2e.ts'];
const files = readdirSync('e2e').filter((file) => file.endsWith('.e2e.ts'));

// Reads the sources, since Playwright needs seconds and a built site to list its tests.
test.each(files.filter((file) => !onlyFull.includes(file)))(
  '`npm test` runs a browser test of %s',
  (file) => {
    const source = readFileSync(`e2e/${file}`, 'utf8');
    const titles = [...source.matchAll(/\btest\(\s*(['"`])(.*?)\1,/gs)].map(([, , title]) => title);
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => !title?.endsWith(' @full'))).not.toEqual([]);
  },
);
