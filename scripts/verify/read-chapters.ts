// Reads the pages of content/ that have cells.
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { explainMistakes } from '../../src/author-error.ts';
import { parseActivities } from '../../src/cells/text/chapter.ts';
import { readPageImage } from '../../src/course-data/frontmatter-mistake.ts';
import { findPages } from '../../src/course-data/read-pages.ts';
import { keyOfActivities } from './keys.ts';
import type { FindMachine } from './keys.ts';
import { UsageError } from './options.ts';
import type { ChapterInput } from './record.ts';

/** Reads one page. Rejects with a UsageError if the file cannot be read, and with an AuthorError for a mistake. */
export async function readChapter(
  top: string,
  file: string,
  findMachine: FindMachine,
): Promise<ChapterInput> {
  const text = await readFile(join(top, file), 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  const image = readPageImage(file, text);
  const activities = parseActivities(file, text);
  // A page without cells needs no machine.
  const key = activities.length ? keyOfActivities(activities, await findMachine(image)) : '';
  return { file, text, image, activities, key };
}

/** The pages to read. */
export interface PageSelection {
  /** Without any, all pages. */
  files: readonly string[];
  /** Only pages on this image. */
  image: string | undefined;
}

/** Thrown for a page on another image. */
class OtherImage extends Error {}

/**
 * Reads the selected pages, if they have cells. A page with a mistake does not stop the others; its mistake is in
 * the result.
 */
export async function readChapters(
  top: string,
  { files, image }: PageSelection,
  findMachine: FindMachine,
): Promise<{ chapters: ChapterInput[]; mistakes: string[] }> {
  const chapters: ChapterInput[] = [];
  const mistakes: string[] = [];
  const given = files.map((file) => relative(top, resolve(file)));
  // The machine of another image may have no snapshot.
  const find: FindMachine = (name) => {
    if (image !== undefined && name !== image) throw new OtherImage();
    return findMachine(name);
  };
  for (const file of given.length ? given : findPages(top)) {
    try {
      const chapter = await readChapter(top, file, find);
      if (chapter.activities.length) chapters.push(chapter);
    } catch (error) {
      if (error instanceof OtherImage) continue;
      const found = explainMistakes(error);
      if (!found) throw error;
      mistakes.push(found);
    }
  }
  return { chapters, mistakes };
}
