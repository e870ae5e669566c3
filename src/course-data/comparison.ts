// The comparison of the four kinds of isolation: content/comparison.yaml.
import { z } from 'astro/zod';
import { findComparisonMistakes } from './comparison-mistakes.ts';

/** The word and the symbol of each verdict, since colour alone is not accessible. */
export const verdicts = {
  stronger: { word: 'Stronger', symbol: '▲' },
  between: { word: 'In between', symbol: '–' },
  weaker: { word: 'Weaker', symbol: '▽' },
  even: { word: 'Even', symbol: '=' },
  depends: { word: 'Depends', symbol: '◆' },
} as const;

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'An id has lower-case letters, digits and hyphens');
const lineOf = (most: number) =>
  z
    .string()
    .min(1)
    .regex(/^[^\n]*$/, 'Write one line')
    .max(most, `Write one line, at most ${most} characters`);
const line = lineOf(200);
const sourceId = z.string().min(1);
const named = z.strictObject({
  id: id.describe('The name in this file.'),
  name: line.describe('The name in the table.'),
});

const measure = z.strictObject({
  name: lineOf(40).describe('The name of the measure, which stands beside each of its values.'),
  conditions: lineOf(400).describe('What was measured, on which systems and when.'),
  source: sourceId.describe('The id of the source of the values.'),
  values: z
    .record(
      z.string(),
      lineOf(60).regex(/\d/, 'A value has a number; words belong in `reason`').describe('A value.'),
    )
    .describe('A number with its unit for at least two columns, by the column’s id.'),
});

const cell = z.strictObject({
  verdict: z
    .literal(Object.keys(verdicts) as (keyof typeof verdicts)[], {
      error: `Write one of ${Object.keys(verdicts).join(', ')}`,
    })
    .optional()
    .describe(
      'How this kind compares with the others. A row has a verdict in each cell or in none.',
    ),
  reason: line.describe('The reason; in a row without verdicts, the description.'),
  source: sourceId.optional().describe('The id of the source of the reason.'),
});

const row = z.strictObject({
  id: id.describe('The name of the row, for links and messages.'),
  group: id.describe('The id of the row’s group.'),
  property: line.describe('The compared property.'),
  short: z
    .record(z.string(), lineOf(30).describe('A few words, which fit in one line.'))
    .optional()
    .describe('The row of the short table, by the column’s id: the same columns in each such row.'),
  cells: z.record(z.string(), cell).describe('One cell for each column, by the column’s id.'),
  measures: z
    .array(measure)
    .default([])
    .describe('Figures that can be compared: one measure, the same conditions in each column.'),
});

export const comparisonSchema = z
  .strictObject({
    columns: z.array(named).min(2).describe('The kinds that are compared, from left to right.'),
    groups: z.array(named).min(1).describe('The groups of rows, from top to bottom.'),
    rows: z.array(row).min(1).describe('The compared properties, from top to bottom.'),
  })
  .superRefine((comparison, context) => {
    for (const { message, path } of findComparisonMistakes(comparison)) {
      context.addIssue({ code: 'custom', message, path });
    }
  });

/** The id of a row of the full table on its page, to which links lead. */
export function comparisonRowId(row: string): string {
  return `compared-${row}`;
}

export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparisonRow = Comparison['rows'][number];
