import { expect, test } from 'vitest';
import { comparisonSchema } from './comparison.ts';
import { dataMistake } from './data-mistake.ts';
import { readYaml } from './yaml.ts';
import { timelineSchema } from './timeline.ts';

test('names the row, the field and its line', () => {
  const text = `columns: [{ id: vm, name: VM }, { id: c, name: C }]
groups: [{ id: g, name: G }]
rows:
  - id: kernel
    group: g
    property: Kernel
    cells:
      vm: { verdict: even, reason: r }
      c:
        verdict: better
        reason: r
`;
  const data = {
    columns: [
      { id: 'vm', name: 'VM' },
      { id: 'c', name: 'C' },
    ],
    groups: [{ id: 'g', name: 'G' }],
    rows: [
      {
        id: 'kernel',
        group: 'g',
        property: 'Kernel',
        cells: { vm: { verdict: 'even', reason: 'r' }, c: { verdict: 'better', reason: 'r' } },
      },
    ],
  };
  const { error } = comparisonSchema.safeParse(data);
  if (!error) throw new Error('The data should not fit.');
  expect(dataMistake('content/comparison.yaml', text, data, error).message).toMatchInlineSnapshot(`
    "content/comparison.yaml:10:9  BadData
    This file does not match its schema. \`rows\`, "kernel", \`cells\`, \`c\`, \`verdict\`: Write one of stronger, between, weaker, even, depends.
    Correct \`verdict\`; docs/data-fields.md describes each field."
  `);
});

test('numbers entries without an id', () => {
  const data = { title: 'T', events: [{ date: 1979, what: 'w' }] };
  const { error } = timelineSchema.safeParse(data);
  if (!error) throw new Error('The data should not fit.');
  const text = 'title: T\nevents:\n  - date: 1979\n    what: w\n';
  expect(dataMistake('content/timelines/t.yaml', text, data, error).message).toMatchInlineSnapshot(`
    "content/timelines/t.yaml:3:5  BadData
    This file does not match its schema. \`events\`, no. 1, \`source\`: Required.
    Add \`source\`; docs/data-fields.md describes each field."
  `);
});

test('a misspelt field is named at its place, not at the same field of the next row', () => {
  const text = `columns: [{ id: vm, name: VM }, { id: c, name: C }]
groups: [{ id: g, name: G }]
rows:
  - id: kernel
    group: g
    property: Kernel
    cells:
      vm: { verdict: stronger, reson: r }
      c:
        verdict: weaker
        reason: r
`;
  const error = comparisonSchema.safeParse(readYaml('x', text)).error;
  const found = error && dataMistake('x.yaml', text, readYaml('x', text), error).mistakes;
  expect(
    found?.map(({ position, hint }) => [position.line, position.column, hint.split(';')[0]]),
  ).toEqual([
    [8, 7, 'Add `reason`'],
    [8, 32, 'Correct or remove `reson`'],
  ]);
});
