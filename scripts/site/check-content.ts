// Prints all mistakes in content/ and in the navigation, and exits with 1 if there are any.
import { printMistake } from '../../src/author-error.ts';
import { counted } from '../../src/counted.ts';
import { contentMistakes } from '../../src/content-check/content-mistakes.ts';

const mistakes = contentMistakes();
for (const mistake of mistakes) console.error(`${printMistake(mistake)}\n`);
console.error(mistakes.length ? counted(mistakes.length, 'mistake') : 'no mistakes');
process.exitCode = mistakes.length > 0 ? 1 : 0;
