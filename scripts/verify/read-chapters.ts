// Reads the pages of content/ that have cells.
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { explainMistakes } from '../../src/author-error.ts';
import { parseActivities } from '../../src/cells/text/chapter.ts';
import { findPages } from '../../src/course-data/read-pages.ts';
import { keyOfActivities } from './keys.ts';
import type { ProvingMachine } from './keys.ts';
import { UsageError } from './options.ts';
import type { ChapterInput } from './record.ts';

/** Reads one page. Rejects with a UsageError if the file cannot be read, and with an AuthorError for a mistake. */
export async function readChapter(
  top: string,
  file: string,
  machine: ProvingMachine,
): Promise<ChapterInput> {
  const text = await readFile(join(top, file), 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  const activities = parseActivities(file, text);
  return { file, text, activities, key: keyOfActivities(activities, machine) };
}

/**
 * Reads these files, or all pages, if they have cells. A page with a mistake does not stop
 * the others; its mistake is in the result.
 */
export async function readChapters(
  top: string,
  files: readonly string[],
  machine: ProvingMachine,
): Promise<{ chapters: ChapterInput[]; mistakes: string[] }> {
  const chapters: ChapterInput[] = [];
  const mistakes: string[] = [];
  const given = files.map((file) => relative(top, resolve(file)));
  for (const file of given.length ? given : findPages(top)) {
    try {
      const chapter = await readChapter(top, file, machine);
      if (chapter.activities.length) chapters.push(chapter);
    } catch (error) {
      const found = explainMistakes(error);
      if (!found) throw error;
      mistakes.push(found);
    }
  }
  return { chapters, mistakes };
}
