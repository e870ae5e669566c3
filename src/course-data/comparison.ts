// The comparison of the four kinds of isolation: content/comparison.yaml.
import { z } from 'astro/zod';

/** The word and the symbol of each verdict, since colour alone is not accessible. */
export const verdicts = {
  stronger: { word: 'Stronger', symbol: '▲' },
  weaker: { word: 'Weaker', symbol: '▽' },
  even: { word: 'Even', symbol: '=' },
  depends: { word: 'Depends', symbol: '◆' },
} as const;

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'An id has lower-case letters, digits and hyphens');
const line = z
  .string()
  .min(1)
  .regex(/^[^\n]*$/, 'Write one line')
  .max(200, 'Write one line, at most 200 characters');
const sourceId = z.string().min(1);
const named = z.strictObject({
  id: id.describe('The name in this file.'),
  name: line.describe('The name in the table.'),
});

const figure = z.strictObject({
  value: line
    .regex(/\d/, 'A figure has a number; words belong in `reason`')
    .describe('A number with its unit: “125 ms”.'),
  conditions: line.describe('What was measured, on which system and when.'),
  source: sourceId.describe('The id of the source of the number.'),
});

const cell = z.strictObject({
  verdict: z
    .literal(Object.keys(verdicts) as (keyof typeof verdicts)[], {
      error: `Write one of ${Object.keys(verdicts).join(', ')}`,
    })
    .describe('How this kind compares with the others in this property.'),
  reason: line.describe('The reason.'),
  figure: figure.optional().describe('A measured number that supports the verdict.'),
  source: sourceId.optional().describe('The id of the source of the reason.'),
});

const row = z.strictObject({
  id: id.describe('The name of the row, for messages.'),
  group: id.describe('The id of the row’s group.'),
  property: line.describe('The compared property.'),
  cells: z.record(z.string(), cell).describe('One cell for each column, by the column’s id.'),
});

export const comparisonSchema = z
  .strictObject({
    columns: z.array(named).min(2).describe('The kinds that are compared, from left to right.'),
    groups: z.array(named).min(1).describe('The groups of rows, from top to bottom.'),
    rows: z.array(row).min(1).describe('The compared properties, from top to bottom.'),
  })
  .superRefine(({ columns, groups, rows }, context) => {
    const complain = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path });
    const kinds = columns.map((column) => column.id);
    for (const [index, { id, group, cells }] of rows.entries()) {
      if (rows.findIndex((other) => other.id === id) !== index) {
        complain(`Another row has the id "${id}"`, 'rows', index, 'id');
      }
      if (!groups.some((known) => known.id === group)) {
        complain(`There is no group "${group}"`, 'rows', index, 'group');
      }
      for (const kind of kinds.filter((kind) => !(kind in cells))) {
        complain(`The cell for "${kind}" is missing`, 'rows', index, 'cells');
      }
      for (const extra of Object.keys(cells).filter((each) => !kinds.includes(each))) {
        complain(`There is no column "${extra}"`, 'rows', index, 'cells', extra);
      }
    }
  });

export type ComparisonCell = z.infer<typeof cell>;
