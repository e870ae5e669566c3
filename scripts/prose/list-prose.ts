/** Lists the files whose prose is checked. */
import { globSync } from 'node:fs';

// The titles of sources are quotations. The rules themselves hold sentences that break them.
const excluded = [
  /^content\/sources\//,
  /^scripts\/prose\/(?:rules|find-breaches\.test)\.ts$/,
  /node_modules/,
];

// An edit of a recipe, also of its comments, changes the image. The comments in guest/ are checked with the next image.
/** The files with prose, relative to the top of the project, in alphabetical order. */
export function listProse(): string[] {
  const patterns = [
    '*.{md,mjs,ts}',
    'content/**/*.{md,mdx,yaml}',
    'docs/*.md',
    'guest/**/*.md',
    '{e2e,scripts,src}/**/*.{astro,css,mjs,ts}',
  ];
  return globSync(patterns)
    .filter((file) => !excluded.some((each) => each.test(file)))
    .sort();
}
