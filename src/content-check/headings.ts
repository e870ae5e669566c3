// A page's headings: their ids, as the site makes them, and the level of each.
import { satteriHeadingIdsPlugin } from '@astrojs/markdown-satteri';
import { mdxToJs } from 'satteri';
import type { MdastNode } from 'satteri';
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { parsing } from '../cells/text/tree.ts';

/** The ids that the parser of the site gives to headings. Throws an AuthorError if the page's code cannot be read. */
export function headingIds(file: string, source: string): string[] {
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

/** Throws an AuthorError for a level-one heading: the page already has one, from its frontmatter. */
export function checkHeading(node: Readonly<MdastNode>, position: Position): void {
  if (node.type !== 'heading' || node.depth > 1) return;
  throw new AuthorError({
    name: 'SecondTitle',
    title: 'A page has two titles',
    message:
      'This heading is a second title. The page already shows the title from its frontmatter.',
    hint: 'Use ## instead of #.',
    position,
  });
}
