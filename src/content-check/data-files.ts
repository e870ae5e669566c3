// Checks the data files of content/.
import type { z } from 'astro/zod';
import { collect, throwMistakes } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';
import { comparisonSchema } from '../course-data/comparison.ts';
import { dataMistake } from '../course-data/data-mistake.ts';
import { sourceSchema } from '../course-data/source.ts';
import { termSchema } from '../course-data/term.ts';
import { timelineSchema } from '../course-data/timeline.ts';
import { placeOfSource, unknownEntry } from '../course-data/unknown-entry.ts';
import { readYaml } from '../course-data/yaml.ts';
import { checkByteOrderMark } from './byte-order-mark.ts';
import type { CourseIndex } from './course-index.ts';

const schemas: [RegExp, z.ZodType][] = [
  [/^content\/sources\//, sourceSchema],
  [/^content\/terms\//, termSchema],
  [/^content\/timelines\//, timelineSchema],
  [/^content\/comparison\.yaml$/, comparisonSchema],
];

/** Throws an AuthorError for the mistakes of a data file. */
export function checkDataFile(file: string, text: string, { entries }: CourseIndex): void {
  const mistakes: Mistake[] = [];
  collect(mistakes, () => checkByteOrderMark(file, text));
  collect(mistakes, () => {
    const data = readYaml(file, text);
    const schema = schemas.find(([pattern]) => pattern.test(file))?.[1];
    const error = schema?.safeParse(data).error;
    if (error) throw dataMistake(file, text, data, error);
    for (const id of new Set(sourcesIn(data))) {
      if (entries.sources.includes(id)) continue;
      const place = placeOfSource(file, text, id);
      collect(mistakes, () => {
        throw unknownEntry('sources', id, entries.sources, place);
      });
    }
  });
  throwMistakes(mistakes);
}

/** The values of all fields `source`. */
function sourcesIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    name === 'source' && typeof value === 'string' ? [value] : sourcesIn(value),
  );
}
