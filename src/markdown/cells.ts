// ```sh cell fences become <Cell> components, and a page that has any gets the machine's bar.
import type { MdastPluginDefinition } from 'satteri';
import { toPageCell } from '../cells/cell.ts';
import type { Cell } from '../cells/cell.ts';
import { cellMistake } from '../cells/text/mistakes.ts';
import { cellsOfPage } from './page-cells.ts';

const imports = [
  `import CourseCell from '/src/components/parts/Cell.astro';`,
  `import CourseMachine from '/src/components/parts/MachineBar.astro';`,
].join('\n');

/** Replaces each cell's fence by its component. Throws an AuthorError for a mistake in one. */
export function cells() {
  return (): MdastPluginDefinition => {
    let found: Cell[] = [];
    return {
      name: 'cells',
      options: { position: true },
      before(root, context) {
        found = cellsOfPage(root, context);
        const [first] = found;
        if (!first || context.sourceFormat === 'mdx') return;
        const hint = 'Rename the file so that it ends in .mdx.';
        throw cellMistake('BadTranscript', first.place, 'A cell works in MDX pages only.', hint);
      },
      code({ position }) {
        const cell = found.find(({ place }) => place.line === position?.start.line);
        if (!cell) return;
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
