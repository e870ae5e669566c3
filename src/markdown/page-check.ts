// Stops the page at its first broken link, image without a text, or missing entry in the navigation.
import type { MdastPluginDefinition, PluginFactoryContext } from 'satteri';
import { readCourse } from '../course-data/course.ts';
import type { SidebarItem } from '../course-data/course.ts';
import { pageMistakes } from '../course-data/page-mistakes.ts';
import { pageName } from '../course-data/read-pages.ts';
import { positionOf } from '../position-of.ts';

/** Checks each page against the rest of the course. Throws an AuthorError for the first mistake. */
export function pageCheck(sidebar: readonly SidebarItem[]) {
  return ({ sourceFormat }: PluginFactoryContext): MdastPluginDefinition | null => {
    if (sourceFormat === 'markdown') return null;
    return {
      name: 'page-check',
      options: { position: true },
      before(root, context) {
        const { file } = positionOf(context.fileURL, undefined);
        // Read anew each time: the dev server sees other pages change.
        const [first] = pageMistakes(
          root,
          { name: pageName(file), file, text: context.source },
          readCourse(sidebar),
        );
        if (first) throw first;
      },
    };
  };
}
