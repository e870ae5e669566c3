// Files of content/ that exist only to be used by another one.
import type { Mistake } from '../author-error.ts';
import type { CourseIndex } from './course-index.ts';

const CITATIONS = [/<Cite\s[^>]*?\bid="([^"]*)"/g, /\bsource: *["']?([\w-]+)/g];
const TIMELINES = [/<Timeline\s[^>]*?\bid="([^"]*)"/g];

/** The mistakes of the sources and timelines that none of these texts of pages and data files uses. */
export function unusedEntries(
  { sources, timelines }: CourseIndex['entries'],
  texts: readonly string[],
): Mistake[] {
  const unused = (ids: readonly string[], patterns: readonly RegExp[]) => {
    const used = new Set(
      texts.flatMap((text) =>
        patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, id]) => id)),
      ),
    );
    return ids.filter((id) => !used.has(id));
  };
  return [
    ...unused(sources, CITATIONS).map((id) => ({
      name: 'UncitedSource',
      title: 'A source is not cited',
      message: 'No page and no data file cites this source.',
      hint: `Cite it with <Cite id="${id}" />, or remove the file.`,
      position: { file: `content/sources/${id}.yaml`, line: 1, column: 1 },
    })),
    ...unused(timelines, TIMELINES).map((id) => ({
      name: 'UnusedTimeline',
      title: 'A timeline is not shown',
      message: 'No page shows this timeline.',
      hint: `Show it with <Timeline id="${id}" />, or remove the file.`,
      position: { file: `content/timelines/${id}.yaml`, line: 1, column: 1 },
    })),
  ];
}
