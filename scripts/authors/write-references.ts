/** Writes the documents that are generated from the schemas and from the machine: npm run references */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { top } from '../../src/paths.ts';
import { references } from './references.ts';

for (const { file, text } of references) {
  await writeFile(join(top, file), await text());
  console.log(file);
}
