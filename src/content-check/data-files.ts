// Checks the data files of content/.
import { matchesGlob } from 'node:path';
import { collect, throwMistakes } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';
import { data } from '../course-data/content-files.ts';
import { dataMistake } from '../course-data/data-mistake.ts';
import { placeOfField } from '../course-data/data-place.ts';
import { placeOfSource, unknownEntry } from '../course-data/unknown-entry.ts';
import { readYaml } from '../course-data/yaml.ts';
import { checkByteOrderMark, checkEncoding } from './encoding.ts';
import { checkConflict } from './conflict-marks.ts';
import type { CourseIndex } from './course-index.ts';
import { checkAddress } from './link-mistakes.ts';

/** Throws an AuthorError for the mistakes of a data file. */
export function checkDataFile(file: string, text: string, index: CourseIndex): void {
  const { entries } = index;
  checkEncoding(file, text);
  checkConflict(file, text);
  const mistakes: Mistake[] = [];
  collect(mistakes, () => checkByteOrderMark(file, text));
  collect(mistakes, () => {
    const content = readYaml(file, text);
    const kind = Object.values(data).find(({ pattern }) => matchesGlob(file, `content/${pattern}`));
    const error = kind?.schema.safeParse(content).error;
    if (error) throw dataMistake(file, text, content, error);
    for (const id of new Set(sourcesIn(content))) {
      if (entries.sources.includes(id)) continue;
      const place = placeOfSource(file, text, id);
      mistakes.push(unknownEntry('sources', id, entries.sources, place).mistake);
    }
    for (const { path, address } of linksIn(content)) {
      collect(mistakes, () => checkAddress(address, placeOfField(file, text, path), index));
    }
  });
  throwMistakes(mistakes);
}

/** The values of all fields `source`. */
function sourcesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
    name === 'source' && typeof each === 'string' ? [each] : sourcesIn(each),
  );
}

interface Link {
  path: PropertyKey[];
  address: string;
}

/** The values of all fields `to`, with their paths. */
function linksIn(value: unknown, path: PropertyKey[] = []): Link[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]: [string, unknown]) => {
    const inner = [...path, Array.isArray(value) ? Number(name) : name];
    return name === 'to' && typeof each === 'string'
      ? [{ path: inner, address: each }]
      : linksIn(each, inner);
  });
}
