// Checks the attributes of each <MemoryGauge>, and adds the name and the machine of its cell.
import type {
  MdastPluginDefinition,
  MdastVisitorContext,
  MdxJsxFlowElement,
  MdxJsxTextElement,
  PluginFactoryContext,
} from 'satteri';
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import type { Activity } from '../cells/activity.ts';
import { cellName } from '../cells/cell.ts';
import { nearest } from '../nearest.ts';
import { positionOf } from '../position-of.ts';
import { activitiesOfPage } from './page-activities.ts';

type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;
type Attributes = JsxElement['attributes'];

const completed = { name: 'MemoryGauge', children: [] };

/** The attributes of <MemoryGauge>, with what its cell adds to them. */
interface Gauge {
  group: string;
  cell: string;
  name: string;
  machine: string;
}

/** Completes each <MemoryGauge> of a page. Throws an AuthorError if its group or its cell cannot be right. */
export function gauges() {
  return ({ sourceFormat }: PluginFactoryContext): MdastPluginDefinition | null => {
    if (sourceFormat === 'markdown') return null;
    let activities: Activity[] = [];
    const complete = (
      { name, attributes, position }: JsxElement,
      { fileURL }: MdastVisitorContext,
    ): Attributes | undefined => {
      if (name !== 'MemoryGauge') return undefined;
      const gauge = readGauge(activities, attributes, positionOf(fileURL, position?.start));
      return Object.entries(gauge).map(
        ([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value }) as const,
      );
    };
    return {
      name: 'gauges',
      options: { position: true },
      before(root, context: MdastVisitorContext) {
        activities = activitiesOfPage(root, context);
      },
      mdxJsxFlowElement(node, context) {
        const attributes = complete(node, context);
        return attributes && { ...completed, type: 'mdxJsxFlowElement', attributes };
      },
      mdxJsxTextElement(node, context) {
        const attributes = complete(node, context);
        return attributes && { ...completed, type: 'mdxJsxTextElement', attributes };
      },
    };
  };
}

/** The gauge with these attributes. Throws an AuthorError if its group or its cell cannot be right. */
export function readGauge(
  activities: readonly Activity[],
  attributes: Attributes,
  position: Position,
): Gauge {
  const group = textOf(attributes, 'group');
  const id = textOf(attributes, 'cell');
  checkGroup(group, position);
  const cells = activities.filter((each) => each.kind === 'cell');
  const cell = cells.find((each) => each.id === id);
  if (!cell) {
    const ids = cells.map((each) => each.id);
    const meant = nearest(id, ids);
    const listed = ids.length ? `The cells are ${ids.join(', ')}.` : 'This page has no cells.';
    const hint = meant ? `Did you mean "${meant}"?` : listed;
    throw wrong(`<MemoryGauge> names the cell "${id}", which is not on this page.`, hint, position);
  }
  if (cell.skip !== undefined) {
    const message = `The cell "${id}" is skipped, so it never makes the group.`;
    throw wrong(message, 'Name the cell that makes the group.', position);
  }
  return { group, cell: id, name: cellName(cell), machine: cell.machine };
}

/** The text of an attribute. The content check reports a missing one; without it, the result is empty. */
function textOf(attributes: Attributes, name: string): string {
  const found = attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === name);
  return typeof found?.value === 'string' ? found.value : '';
}

const MOUNTED = '/sys/fs/cgroup';

function checkGroup(group: string, position: Position): void {
  if (group.startsWith(`${MOUNTED}/`)) {
    const message = `The path of a group begins at the root of the tree, so group="${group}" is none.`;
    throw wrong(message, `Write group="${group.slice(MOUNTED.length)}".`, position);
  }
  if (/^(?:\/[^/]+)+$/.test(group) && !/\/\.{1,2}(?:\/|$)/.test(group)) return;
  const message = `group="${group}" is not the path of a group below the root.`;
  const hint =
    'Write the path from the root of the tree, such as group="/box" or group="/box/inner".';
  throw wrong(message, hint, position);
}

function wrong(message: string, hint: string, position: Position): AuthorError {
  const title = 'A memory gauge cannot find its group';
  return new AuthorError({ name: 'BadGauge', title, message, hint, position });
}
