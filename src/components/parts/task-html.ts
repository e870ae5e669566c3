// The texts of a task as HTML. Each value is in an element of its own, so that the page can show other values.
import { inlineCode } from '../../course-data/inline-code.ts';
import { fillIn, firstValues, VALUE_NAME } from '../../cells/task.ts';
import type { PageTask } from '../../cells/task.ts';
import { withBase } from '../../with-base.ts';
import { highlightCommand } from './highlight-command.ts';

/** An element with the first value of a range. */
function valueElement(task: PageTask, name: string): string {
  const value = firstValues(task)[name] ?? '';
  const shown = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<span data-value="${name}">${shown}</span>`;
}

/** The paragraphs of a goal, with `code` and [links](/chapters/x/). */
export function goalHtml(task: PageTask, basePath: string): string {
  return task.goal
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const html = inlineCode(paragraph.replace(/\s*\n\s*/g, ' '))
        .replace(
          /\[([^\]]+)\]\(((?:\/|#|https:)[^)\s]*)\)/g,
          (_, text: string, address: string) => {
            return `<a href="${withBase(address, basePath)}">${text}</a>`;
          },
        )
        .replace(VALUE_NAME, (_, name: string) => valueElement(task, name));
      return `<p>${html}</p>`;
    })
    .join('\n');
}

/** Highlights a command of a solution. */
export async function commandHtml(task: PageTask, command: string): Promise<string> {
  // Words that the highlighter leaves whole stand for the values.
  const names = Object.keys(task.values);
  const words = names.map((name, i) => [name, `Value${i}Value`] as const);
  const html = await highlightCommand(fillIn(command, Object.fromEntries(words)));
  return words.reduce((all, [name, word]) => all.replaceAll(word, valueElement(task, name)), html);
}
