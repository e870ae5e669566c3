// ```sh cell fences become <Cell> components, and a page that has any gets the machine's bar.
import type { MdastPluginDefinition, PluginFactoryContext } from 'satteri';
import { toPageCell } from '../cells/cell.ts';
import type { Cell } from '../cells/cell.ts';
import { parseCell, parseChapter } from '../cells/text/chapter.ts';
import { readOpening } from '../cells/text/fences.ts';
import { checkCells } from '../cells/text/graph.ts';
import { cellMistake } from '../cells/text/mistakes.ts';
import { isCell } from '../cells/text/options.ts';
import { placeOf } from '../place-of.ts';

const imports = [
  `import CourseCell from '/src/components/parts/Cell.astro';`,
  `import CourseMachine from '/src/components/parts/MachineBar.astro';`,
].join('\n');

/** Replaces each cell's fence by its component. Throws an AuthorError for a mistake in one. */
export function cells() {
  return ({ sourceFormat }: PluginFactoryContext): MdastPluginDefinition => {
    const found: Cell[] = [];
    return {
      name: 'cells',
      options: { position: true },
      code(node, context) {
        if (!isCell(node.lang, node.meta)) return;
        const start = placeOf(context.fileURL, node.position?.start);
        // The source has the options as they were typed; Markdown takes backslashes out of them.
        const line = context.source.split('\n')[start.line - 1] ?? '';
        const before = (start.column ?? 1) - 1;
        const opening = readOpening(line.slice(before));
        const meta = opening?.meta ?? node.meta ?? '';
        const place = { ...start, column: before + (opening?.column ?? 1) };
        if (sourceFormat === 'markdown') {
          const hint = 'Rename the file so that it ends in .mdx.';
          throw cellMistake('BadTranscript', place, 'A cell works in MDX pages only.', hint);
        }
        const cell = parseCell(meta, node.value, place);
        found.push(cell);
        return {
          type: 'mdxJsxFlowElement',
          name: 'CourseCell',
          attributes: [
            { type: 'mdxJsxAttribute', name: 'json', value: JSON.stringify(toPageCell(cell)) },
          ],
          children: [],
        };
      },
      after(root, context) {
        if (!found.length) return;
        checkCells(found);
        checkAreRead(found, context.source);
        context.prependChild(root, { type: 'mdxjsEsm', value: imports });
        context.appendChild(root, {
          type: 'mdxJsxFlowElement',
          name: 'CourseMachine',
          attributes: [],
          children: [],
        });
      },
    };
  };
}

/** A cell that only Markdown sees, as in a quotation, would be shown and never be verified. */
function checkAreRead(found: readonly Cell[], source: string): void {
  const read = parseChapter(found[0]?.place.file ?? '', source);
  const lost = found.find(({ id }) => !read.some((cell) => cell.id === id));
  if (!lost) return;
  const message = `The cell "${lost.id}" stands in a quotation or beside a list's mark, where it is not verified.`;
  const hint = 'Let its fence begin a line of its own, indented at most.';
  throw cellMistake('BadTranscript', lost.place, message, hint);
}
