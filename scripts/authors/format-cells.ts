/**
 * Rewrites the cells of content/ in canonical form.
 * usage: node scripts/authors/format-cells.ts [--check] [FILE...]
 *   --check   changes nothing, prints each cell that is not in this form, and exits with 1 if there is one
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { explainMistakes, printMistake } from '../../src/author-error.ts';
import { formatChapter } from '../../src/cells/text/chapter.ts';
import type { Unformatted } from '../../src/cells/text/chapter.ts';
import { cellMistake } from '../../src/cells/text/mistakes.ts';
import { counted } from '../../src/counted.ts';
import { findPages } from '../../src/course-data/read-pages.ts';
import { top } from '../../src/paths.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
});

function describe({ position, before, after }: Unformatted): string {
  const message = `This cell is not in canonical form:\n- ${before}\n+ ${after}`;
  const { mistake } = cellMistake('UnformattedCell', position, message, 'Run npm run format.');
  return printMistake(mistake);
}

/** Formats one page. Returns its mistakes. */
async function format(file: string): Promise<string[]> {
  const text = await readFile(join(top, file), 'utf8').catch((error: Error) => error);
  if (text instanceof Error) return [`${file} cannot be read: ${text.message}`];
  try {
    const { text: formatted, unformatted } = formatChapter(file, text);
    if (values.check) return unformatted.map(describe);
    if (formatted !== text) {
      await writeFile(join(top, file), formatted);
      console.log(`${file}: ${counted(unformatted.length, 'cell')} rewritten`);
    }
    return [];
  } catch (error) {
    const mistakes = explainMistakes(error);
    if (!mistakes) throw error;
    return [mistakes];
  }
}

const files = positionals.length
  ? positionals.map((file) => relative(top, resolve(file)))
  : findPages(top);
const wrong = (await Promise.all(files.map(format))).flat();
for (const text of wrong) console.log(`${text}\n`);
process.exit(wrong.length ? 1 : 0);
