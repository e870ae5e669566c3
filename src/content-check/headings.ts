// The ids of a page's headings, as the site makes them.
import { satteriHeadingIdsPlugin } from '@astrojs/markdown-satteri';
import { mdxToJs } from 'satteri';
import { parsing } from '../cells/text/tree.ts';

/** The ids that the parser of the site gives to headings. Throws an AuthorError if the page's code cannot be read. */
export function headingsOf(file: string, source: string): string[] {
  const astro = {
    frontmatter: {},
    headings: [] as { slug: string; depth: number; text: string }[],
    localImagePaths: new Set<string>(),
    remoteImagePaths: new Set<string>(),
  };
  parsing(file, () => {
    // It runs synchronously, so the headings are complete when it returns.
    void mdxToJs(source, {
      data: { astro },
      features: { frontmatter: true, smartPunctuation: true },
      hastPlugins: [satteriHeadingIdsPlugin()],
    });
  });
  return astro.headings.map(({ slug }) => slug);
}
