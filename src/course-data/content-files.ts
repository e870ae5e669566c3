// The files of content/ that the site reads, as patterns below that folder.
import { comparisonSchema } from './comparison.ts';
import { evidenceSchema } from './evidence.ts';
import { sourceSchema } from './source.ts';
import { stacksSchema } from './stacks.ts';
import { termSchema } from './term.ts';
import { timelineSchema } from './timeline.ts';

export const pagePatterns = [
  '{index,404,references,terminal}.mdx',
  'chapters/**/*.mdx',
  'about/**/*.mdx',
];

export const data = {
  /** The cited sources, by the name of the file. */
  sources: { pattern: 'sources/*.yaml', schema: sourceSchema },
  /** The glossary, by the name of the file. */
  terms: { pattern: 'terms/*.yaml', schema: termSchema },
  /** Timelines, by the name of the file. */
  timelines: { pattern: 'timelines/*.yaml', schema: timelineSchema },
  /** One entry, `comparison`. */
  comparison: { pattern: 'comparison.yaml', schema: comparisonSchema },
  /** One entry, `stacks`. */
  stacks: { pattern: 'stacks.yaml', schema: stacksSchema },
  /** One entry, `evidence`. */
  evidence: { pattern: 'evidence.yaml', schema: evidenceSchema },
};
