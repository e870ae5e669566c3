import { expect, test } from 'vitest';
import { comparisonSchema } from './comparison.ts';
import { dataMistake } from './data-mistake.ts';
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
    "content/comparison.yaml:10  BadData
    This file does not match its schema. \`rows\`, "kernel", \`cells\`, \`c\`, \`verdict\`: Write one of stronger, weaker, even, depends.
    Correct \`verdict\`; docs/data-fields.md describes each field."
  `);
});

test('numbers entries without an id', () => {
  const data = { title: 'T', events: [{ date: 1979, what: 'w' }] };
  const { error } = timelineSchema.safeParse(data);
  if (!error) throw new Error('The data should not fit.');
  expect(dataMistake('content/timelines/t.yaml', 'title: T', data, error).message)
    .toMatchInlineSnapshot(`
    "content/timelines/t.yaml:1  BadData
    This file does not match its schema. \`events\`, no. 1, \`source\`: Required.
    Correct \`source\`; docs/data-fields.md describes each field."
  `);
});
