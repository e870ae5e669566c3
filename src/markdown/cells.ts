// Turns fences like ```sh cell into components, and adds the machines' bars to a page that has any.
import type { MdastPluginDefinition } from 'satteri';
import { byMachine, toPageActivity } from '../cells/activity.ts';
import type { Activity, ActivityKind } from '../cells/activity.ts';
import { cellMistake } from '../cells/text/mistakes.ts';
import { activitiesOfPage } from './page-activities.ts';

/** The component of each kind of activity, and its file. */
const components: Record<ActivityKind, { name: string; file: string }> = {
  cell: { name: 'CourseCell', file: '/src/components/parts/Cell.astro' },
  task: { name: 'CourseTask', file: '/src/components/parts/Task.astro' },
};
const bar = { name: 'CourseMachine', file: '/src/components/parts/MachineBar.astro' };

/** Replaces each activity's fence with its component. Throws an AuthorError for a mistake in one. */
export function cells() {
  return (): MdastPluginDefinition => {
    let found: Activity[] = [];
    return {
      name: 'cells',
      options: { position: true },
      before(root, context) {
        found = activitiesOfPage(root, context);
        const [first] = found;
        if (!first || context.sourceFormat === 'mdx') return;
        const hint = 'Rename the file so that it ends in .mdx.';
        throw cellMistake('BadTranscript', first.position, 'A cell works in MDX pages only.', hint);
      },
      code({ position }) {
        const line = position?.start.line;
        const activity = found.find((each) => each.position.line === line);
        if (!activity) return;
        const json = JSON.stringify(toPageActivity(activity));
        return {
          type: 'mdxJsxFlowElement',
          name: components[activity.kind].name,
          attributes: [{ type: 'mdxJsxAttribute', name: 'json', value: json }],
          children: [],
        };
      },
      after(root, context) {
        if (!found.length) return;
        const used = [...new Set(found.map(({ kind }) => components[kind])), bar];
        const imports = used.map(({ name, file }) => `import ${name} from '${file}';`);
        const names = [...byMachine(found).keys()];
        context.prependChild(root, { type: 'mdxjsEsm', value: imports.join('\n') });
        context.appendChild(root, {
          type: 'mdxJsxFlowElement',
          name: bar.name,
          attributes: [{ type: 'mdxJsxAttribute', name: 'names', value: names.join() }],
          children: [],
        });
      },
    };
  };
}
