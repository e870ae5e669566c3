import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { chapterFields } from './course-data/chapter-frontmatter.ts';
import { comparisonSchema } from './course-data/comparison.ts';
import { dataFiles, pages } from './course-data/loaders.ts';
import { sourceSchema } from './course-data/source.ts';
import { termSchema } from './course-data/term.ts';
import { timelineSchema } from './course-data/timeline.ts';

const pagePatterns = ['{index,404,references}.mdx', 'chapters/**/*.mdx', 'about/**/*.mdx'];
const data = <Schema extends Parameters<typeof dataFiles>[1]>(pattern: string, schema: Schema) =>
  defineCollection({ loader: dataFiles(pattern, schema), schema });

export const collections = {
  docs: defineCollection({
    loader: pages(pagePatterns),
    schema: docsSchema({ extend: chapterFields.partial() }),
  }),
  /** The cited sources, by the name of the file. */
  sources: data('sources/*.yaml', sourceSchema),
  /** The glossary, by the name of the file. */
  terms: data('terms/*.yaml', termSchema),
  /** Timelines, by the name of the file. */
  timelines: data('timelines/*.yaml', timelineSchema),
  /** One entry, `comparison`. */
  comparison: data('comparison.yaml', comparisonSchema),
};
