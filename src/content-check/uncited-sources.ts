import type { Mistake } from '../author-error.ts';

const CITATIONS = [/<Cite\s[^>]*?\bid="([^"]*)"/g, /\bsource: *["']?([\w-]+)/g];

/** The mistakes of the sources that none of these texts of pages and data files cites. */
export function uncitedSources(sources: readonly string[], texts: readonly string[]): Mistake[] {
  const cited = new Set(
    texts.flatMap((text) =>
      CITATIONS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, id]) => id)),
    ),
  );
  return sources
    .filter((id) => !cited.has(id))
    .map((id) => ({
      name: 'UncitedSource',
      title: 'A source is not cited',
      message: 'No page and no data file cites this source.',
      hint: `Cite it with <Cite id="${id}" />, or remove the file.`,
      position: { file: `content/sources/${id}.yaml`, line: 1, column: 1 },
    }));
}
