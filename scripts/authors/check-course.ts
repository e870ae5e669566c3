// Finds all mistakes in the pages of the course, each page on its own.
import type { MdastNode } from 'satteri';
import { AuthorError, caught } from '../../src/author-error.ts';
import type { Mistake } from '../../src/author-error.ts';
import { activitiesOfTree, activityMistakes } from '../../src/cells/text/chapter.ts';
import { parseTree } from '../../src/cells/text/fences.ts';
import { quote } from '../../src/cells/text/quote.ts';
import { readCourse } from '../../src/course-data/course.ts';
import type { Course, SidebarItem } from '../../src/course-data/course.ts';
import { pageMistakes } from '../../src/course-data/page-mistakes.ts';
import type { CoursePage } from '../../src/course-data/read-pages.ts';
import { isElement, nodesOf } from '../../src/markdown-nodes.ts';
import { readQuotation } from '../../src/markdown/outputs.ts';
import { nearest } from '../../src/nearest.ts';

/**
 * The mistakes of the pages below `root` and of the navigation. `source` is the file that has the navigation. An
 * error that is not an AuthorError is a bug in the program.
 */
export function checkCourse(
  sidebar: readonly SidebarItem[],
  source: { file: string; text: string },
  root?: string,
): unknown[] {
  const course = readCourse(sidebar, root);
  const pages = course.pages.flatMap((page) =>
    caught(() => {
      const tree = parseTree(page.file, page.text);
      const inCells = activityMistakes(tree, page.file, page.text);
      // What a page quotes can be judged only once its cells can be read.
      const inQuotations = inCells.length ? [] : quotationMistakes(tree, page);
      return [...inCells, ...inQuotations, ...pageMistakes(tree, page, course)];
    }),
  );
  return [...pages, ...pagesThatAreMissing(course, source)];
}

/** The mistakes in the quotations of a page whose cells have none. */
function quotationMistakes(tree: Readonly<MdastNode>, { file, text }: CoursePage): unknown[] {
  const cells = activitiesOfTree(tree, file, text);
  return [...nodesOf(tree)].flatMap((node) => {
    if (!isElement(node) || node.name !== 'Output') return [];
    const { line = 1, column = 1 } = node.position?.start ?? {};
    const position = { file, line, column };
    return caught(() => {
      quote(cells, readQuotation(node.attributes, position), position);
      return [];
    });
  });
}

function pagesThatAreMissing(
  { pages, inSidebar }: Course,
  { file, text }: { file: string; text: string },
): AuthorError[] {
  const names = pages.map(({ name }) => name);
  return inSidebar
    .filter((name) => !names.includes(name))
    .map((name) => {
      const before = text.slice(0, Math.max(0, text.indexOf(`'${name}'`))).split('\n');
      const position = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
      const meant = nearest(name, names);
      const mistake: Mistake = {
        name: 'NoSuchPage',
        title: 'The navigation names a page that does not exist',
        message: `There is no page content/${name}.mdx.`,
        hint: meant ? `Did you mean '${meant}'?` : 'Write the page, or remove the entry.',
        position,
      };
      return new AuthorError(mistake);
    });
}
