/** Lists the files whose prose is checked. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

// The titles of sources are quotations. The rules themselves hold sentences that break them.
const excluded = [
  /^content\/sources\//,
  /^scripts\/prose\/(?:rules|find-breaches\.test)\.ts$/,
  /node_modules/,
];

/** The files with prose, relative to the top of the project, in alphabetical order. */
export function listProse(): string[] {
  const patterns = [
    '*.{md,mjs,ts}',
    'content/**/*.{md,mdx,yaml}',
    'docs/*.md',
    'guest/**/*.{c,h,md,sh,ts}',
    '{e2e,scripts,src}/**/*.{astro,css,mjs,ts}',
  ];
  return [...globSync(patterns), ...globSync('guest/**/*').filter(isScriptWithoutEnding)]
    .filter((file) => !excluded.some((each) => each.test(file)))
    .sort();
}

/** Whether the file begins like a script (`#!`), and its name has no ending, as in guest/baseline/init. */
function isScriptWithoutEnding(file: string): boolean {
  return (
    !basename(file).includes('.') &&
    statSync(file).isFile() &&
    readFileSync(file, 'latin1').startsWith('#!')
  );
}
