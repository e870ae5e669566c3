// Prints each place that breaks a rule of language, and exits with 1 if there is one.
import { readFileSync } from 'node:fs';
import { counted } from '../../src/counted.ts';
import { listProse } from './list-prose.ts';
import { findBreaches } from './find-breaches.ts';

const breaches = listProse().flatMap((file) => findBreaches(file, readFileSync(file, 'utf8')));
for (const { file, line, rule, found, advice } of breaches) {
  console.error(`${file}:${line}  rule ${rule} of content/README.md: “${found}”\n  ${advice}\n`);
}
console.error(breaches.length ? counted(breaches.length, 'mistake') : 'no mistakes');
process.exitCode = breaches.length > 0 ? 1 : 0;
