// Fills each <Output cell="…" /> in the text with the value that the cell prints.
import type {
  MdastPluginDefinition,
  MdastVisitorContext,
  MdxJsxFlowElement,
  MdxJsxTextElement,
  PluginFactoryContext,
} from 'satteri';
import { findMistakes } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import type { Activity } from '../cells/activity.ts';
import { cellName } from '../cells/cell.ts';
import { cellMistake } from '../cells/text/mistakes.ts';
import { nearest } from '../nearest.ts';
import { quote } from '../cells/text/quote.ts';
import type { Quotation } from '../cells/text/quote.ts';
import { activitiesOfPage } from './page-activities.ts';
import { positionOf } from '../position-of.ts';

type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;
type Attributes = JsxElement['attributes'];

const names = ['cell', 'step', 'line', 'match', 'status'] as const;

const resolved = { name: 'Output', children: [] };

/** Resolves each <Output> of a page. Throws an AuthorError if the cell does not print its value. */
export function outputs() {
  return ({ sourceFormat }: PluginFactoryContext): MdastPluginDefinition | null => {
    if (sourceFormat === 'markdown') return null;
    let cells: Activity[] = [];
    const resolve = (node: JsxElement, context: MdastVisitorContext): Attributes | undefined => {
      if (node.name !== 'Output') return undefined;
      const position = positionOf(context.fileURL, node.position?.start);
      const { cell, value, name } = readOrWait(cells, node.attributes, position);
      return [
        { type: 'mdxJsxAttribute', name: 'cell', value: cell },
        { type: 'mdxJsxAttribute', name: 'value', value },
        { type: 'mdxJsxAttribute', name: 'name', value: name },
      ];
    };
    return {
      name: 'outputs',
      options: { position: true },
      before(root, context) {
        cells = activitiesOfPage(root, context);
      },
      mdxJsxFlowElement(node, context) {
        const attributes = resolve(node, context);
        return attributes && { ...resolved, type: 'mdxJsxFlowElement', attributes };
      },
      mdxJsxTextElement(node, context) {
        const attributes = resolve(node, context);
        return attributes && { ...resolved, type: 'mdxJsxTextElement', attributes };
      },
    };
  };
}

/** A quoted value, and the cell with its name for readers. */
interface QuotedOutput {
  cell: string;
  value: string;
  name: string;
}

function nameOf(cells: readonly Activity[], id: string): string {
  const cell = cells.find((each) => each.id === id);
  return cell ? cellName(cell) : id;
}

/** The value that an <Output> with these attributes quotes. Throws an AuthorError if its cell does not print it. */
export function readOutput(
  cells: readonly Activity[],
  attributes: Attributes,
  position: Position,
): QuotedOutput {
  const quotation = readQuotation(attributes, position);
  const quotable = cells.filter((activity) => activity.kind === 'cell');
  const value = quote(quotable, quotation, position);
  return { cell: quotation.cell, value, name: nameOf(cells, quotation.cell) };
}

/** The same, but gives “not recorded yet” for a cell without an output. Only the dev server shows such a page. */
function readOrWait(cells: readonly Activity[], attributes: Attributes, position: Position) {
  try {
    return readOutput(cells, attributes, position);
  } catch (error) {
    if (findMistakes(error)[0]?.name !== 'MissingOutput') throw error;
    const { cell } = readQuotation(attributes, position);
    return { cell, value: 'not recorded yet', name: nameOf(cells, cell) };
  }
}

function readQuotation(attributes: Attributes, position: Position): Quotation {
  const found: Record<string, string | true> = {};
  for (const attribute of attributes) {
    if (attribute.type !== 'mdxJsxAttribute') {
      const message = '<Output> cannot take its attributes from an expression.';
      throw cellMistake('BadQuotation', position, message, 'Write them out: cell="…" step={1}.');
    }
    const { name, value } = attribute;
    if (!names.some((known) => known === name)) throw unknownAttribute(name, position);
    const isExpression = typeof value === 'object' && value !== null;
    if (isExpression && name !== 'step' && name !== 'line') {
      const message = `<Output> cannot take ${name} from an expression.`;
      const hint = name === 'status' ? 'Write status, or leave it out.' : `Write ${name}="…".`;
      throw cellMistake('BadQuotation', position, message, hint);
    }
    found[name] = isExpression ? value.value : (value ?? true);
  }
  const { cell, match } = found;
  if (typeof cell !== 'string' || match === true) {
    const message = `<Output> has no ${match === true ? 'value for match' : 'cell'}.`;
    throw cellMistake('BadQuotation', position, message, 'Write <Output cell="the-cells-id" />.');
  }
  return {
    cell,
    match,
    step: readCount('step', found['step'], position),
    line: readCount('line', found['line'], position),
    status: found['status'] !== undefined,
  };
}

function readCount(name: string, value: string | true | undefined, position: Position) {
  if (value === undefined) return undefined;
  if (value !== true && /^[1-9]\d*$/.test(value)) return Number(value);
  const message = `${name} has to be a number that counts from 1.`;
  throw cellMistake('BadQuotation', position, message, `Write ${name}={1}, or leave it out.`);
}

function unknownAttribute(name: string, position: Position) {
  const meant = nearest(name, names);
  return cellMistake(
    'BadQuotation',
    position,
    `<Output> does not accept the attribute "${name}".`,
    `${meant ? `Did you mean "${meant}"? ` : ''}It accepts ${names.join(', ')}.`,
  );
}
