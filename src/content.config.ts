import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { chapterFields } from './course-data/chapter-frontmatter.ts';
import { data, pagePatterns } from './course-data/content-files.ts';
import { dataFiles, pages } from './course-data/loaders.ts';
import { imageField } from './course-data/page-image.ts';

const collection = <Schema extends Parameters<typeof dataFiles>[1]>({
  pattern,
  schema,
}: {
  pattern: string;
  schema: Schema;
}) => defineCollection({ loader: dataFiles(pattern, schema), schema });

export const collections = {
  docs: defineCollection({
    loader: pages(pagePatterns),
    schema: docsSchema({ extend: chapterFields.partial().extend({ image: imageField() }) }),
  }),
  sources: collection(data.sources),
  terms: collection(data.terms),
  timelines: collection(data.timelines),
  comparison: collection(data.comparison),
  stacks: collection(data.stacks),
  evidence: collection(data.evidence),
};
