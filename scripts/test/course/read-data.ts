// Reads the data of content/ without Astro, for tests of the course as a whole.
import type { z } from 'astro/zod';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { comparisonSchema } from '../../../src/course-data/comparison.ts';
import { evidenceSchema } from '../../../src/course-data/evidence.ts';
import { sourceSchema } from '../../../src/course-data/source.ts';
import { termSchema } from '../../../src/course-data/term.ts';
import { timelineSchema } from '../../../src/course-data/timeline.ts';
import { readYaml } from '../../../src/course-data/yaml.ts';

/** The data of content/, each by the name of its file. */
export function readData() {
  return {
    sources: readFolder('sources', sourceSchema),
    terms: readFolder('terms', termSchema),
    timelines: readFolder('timelines', timelineSchema),
    comparison: comparisonSchema.parse(readFile('content/comparison.yaml')),
    evidence: evidenceSchema.parse(readFile('content/evidence.yaml')),
  };
}

function readFolder<Schema extends z.ZodType>(folder: string, schema: Schema) {
  const entries = readdirSync(`content/${folder}`).map((file): [string, z.infer<Schema>] => [
    basename(file, '.yaml'),
    schema.parse(readFile(`content/${folder}/${file}`)),
  ]);
  return new Map(entries);
}

function readFile(file: string): unknown {
  return readYaml(file, readFileSync(file, 'utf8'));
}
