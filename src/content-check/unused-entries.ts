// Files of content/ that exist only to be used by another one.
import type { Mistake } from '../author-error.ts';
import type { CourseIndex } from './course-index.ts';

interface Kind {
  folder: 'sources' | 'timelines';
  /** Find the ids that a text uses. */
  uses: readonly RegExp[];
  name: string;
  title: string;
  message: string;
  /** How to use one, before its tag. */
  advice: string;
  tag: string;
}

const kinds: readonly Kind[] = [
  {
    folder: 'sources',
    uses: [/<Cite\s[^>]*?\bid="([^"]*)"/g, /\bsource: *["']?([\w-]+)/g],
    name: 'UncitedSource',
    title: 'A source is not cited',
    message: 'No page and no data file cites this source.',
    advice: 'Cite',
    tag: 'Cite',
  },
  {
    folder: 'timelines',
    uses: [/<Timeline\s[^>]*?\bid="([^"]*)"/g],
    name: 'UnusedTimeline',
    title: 'A timeline is not shown',
    message: 'No page shows this timeline.',
    advice: 'Show',
    tag: 'Timeline',
  },
];

/** The mistakes of the sources and timelines that none of these texts of pages and data files uses. */
export function unusedEntries(
  entries: CourseIndex['entries'],
  texts: readonly string[],
): Mistake[] {
  return kinds.flatMap(({ folder, uses, name, title, message, advice, tag }) => {
    const used = new Set(
      texts.flatMap((text) =>
        uses.flatMap((pattern) => [...text.matchAll(pattern)].map(([, id]) => id)),
      ),
    );
    return entries[folder]
      .filter((id) => !used.has(id))
      .map((id) => ({
        name,
        title,
        message,
        hint: `${advice} it with <${tag} id="${id}" />, or remove the file.`,
        position: { file: `content/${folder}/${id}.yaml`, line: 1, column: 1 },
      }));
  });
}
