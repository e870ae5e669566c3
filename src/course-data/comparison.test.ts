import { expect, test } from 'vitest';
import { comparisonSchema } from './comparison.ts';

const cell = { verdict: 'depends', reason: 'r' };
const row = {
  id: 'start-up',
  group: 'speed',
  property: 'Start-up',
  short: { vm: 'boots' },
  cells: { vm: cell, container: cell },
};
const measure = {
  name: 'boot',
  conditions: 'c',
  source: 's',
  values: { vm: '2 s', container: '1 s' },
};
const comparison = {
  columns: [
    { id: 'vm', name: 'Virtual machine' },
    { id: 'container', name: 'Container' },
  ],
  groups: [{ id: 'speed', name: 'Speed' }],
  rows: [row],
};

function complaintsOf(rows: object[]): string[] {
  const { error } = comparisonSchema.safeParse({ ...comparison, rows });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
const complaints = (changed: object) => complaintsOf([{ ...row, ...changed }]);
const withVerdicts = (vm?: string, container?: string) => ({
  cells: { vm: { ...cell, verdict: vm }, container: { ...cell, verdict: container } },
});

test('a complete comparison is valid', () => {
  expect(complaints({ measures: [measure] })).toEqual([]);
  expect(comparisonSchema.parse(comparison).rows[0]?.measures).toEqual([]);
});

test.each([
  ['a missing cell', { cells: { vm: cell } }, 'rows.0.cells: The cell for "container" is missing'],
  [
    'a cell without a column',
    { cells: { ...row.cells, vn: cell } },
    'rows.0.cells.vn: There is no column "vn"',
  ],
  ['a group that does not exist', { group: 'sped' }, 'rows.0.group: There is no group "sped"'],
  [
    'a verdict that does not exist',
    withVerdicts('better', 'depends'),
    'rows.0.cells.vm.verdict: Write one of stronger, between, weaker, even, depends',
  ],
  [
    'a verdict in some cells only',
    withVerdicts('stronger'),
    'rows.0.cells.container: Write a verdict in each cell of the row, or in none',
  ],
  [
    'an even cell beside another verdict',
    withVerdicts('even', 'weaker'),
    'rows.0.cells.container: Another cell of the row is even; then all are',
  ],
  [
    'a reason of two lines',
    { cells: { ...row.cells, vm: { ...cell, reason: 'a\nb' } } },
    'rows.0.cells.vm.reason: Write one line',
  ],
  [
    'a short text without a column',
    { short: { vn: 'boots' } },
    'rows.0.short.vn: There is no column "vn"',
  ],
  [
    'a figure that no other can be compared with',
    { measures: [{ ...measure, values: { vm: '2 s' } }] },
    'rows.0.measures.0.values: Write values for at least two columns',
  ],
  [
    'a figure without a column',
    { measures: [{ ...measure, values: { ...measure.values, vn: '3 s' } }] },
    'rows.0.measures.0.values.vn: There is no column "vn"',
  ],
])('%s is rejected', (_, changed, complaint) => {
  expect(complaints(changed)).toEqual([complaint]);
});

test.each([
  ['no verdict', undefined],
  ['the verdict even', 'even'],
])('all cells of a row can have %s', (_, verdict) => {
  expect(complaints(withVerdicts(verdict, verdict))).toEqual([]);
});

test('a measure needs its conditions, its source and numbers', () => {
  const measures = [{ name: 'boot', values: { vm: 'slow', container: '1 s' } }];
  expect(complaints({ measures }).map((each) => each.split(':')[0])).toEqual([
    'rows.0.measures.0.conditions',
    'rows.0.measures.0.source',
    'rows.0.measures.0.values.vm',
  ]);
});

test('two rows with the same id are rejected', () => {
  expect(complaintsOf([row, row])).toEqual(['rows.1.id: Another row has the id "start-up"']);
});

test('short rows with different columns are rejected', () => {
  const other = { ...row, id: 'memory', short: { container: 'none' } };
  expect(complaintsOf([row, other])).toEqual([
    'rows.1.short: Write the same columns as in the first short row: vm',
  ]);
});
