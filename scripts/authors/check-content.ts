// Prints all mistakes of all pages that need no machine: cells that cannot be read, broken links, images without a
// text, pages that the navigation lacks, and entries of the navigation without a page. Ends with 1 if there is one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '../../site.config.ts';
import { findMistake, printMistake } from '../../src/author-error.ts';
import { counted } from '../../src/counted.ts';
import { top } from '../../src/paths.ts';
import { checkCourse } from './check-course.ts';

const file = 'site.config.ts';
const source = { file, text: readFileSync(join(top, file), 'utf8') };
const mistakes = checkCourse(config.sidebar, source).map((error) => {
  const mistake = findMistake(error);
  if (!mistake) throw error;
  return printMistake(mistake);
});
for (const mistake of mistakes) console.log(`${mistake}\n`);
console.log(mistakes.length ? counted(mistakes.length, 'mistake') : 'no mistakes');
process.exitCode = mistakes.length ? 1 : 0;
