import { expect, test } from 'vitest';
import { comparisonSchema } from './comparison.ts';

const cell = { verdict: 'even', reason: 'r' };
const row = {
  id: 'start-up',
  group: 'speed',
  property: 'Start-up',
  cells: { vm: cell, container: cell },
};
const comparison = {
  columns: [
    { id: 'vm', name: 'Virtual machine' },
    { id: 'container', name: 'Container' },
  ],
  groups: [{ id: 'speed', name: 'Speed' }],
  rows: [row],
};

function complaints(changed: object): string[] {
  const { error } = comparisonSchema.safeParse({ ...comparison, rows: [{ ...row, ...changed }] });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('a complete comparison is valid', () => {
  expect(comparisonSchema.parse(comparison).rows).toHaveLength(1);
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
    { cells: { ...row.cells, vm: { ...cell, verdict: 'better' } } },
    'rows.0.cells.vm.verdict: Write one of stronger, weaker, even, depends',
  ],
  [
    'a reason of two lines',
    { cells: { ...row.cells, vm: { ...cell, reason: 'a\nb' } } },
    'rows.0.cells.vm.reason: Write one line',
  ],
])('%s is rejected', (_, changed, complaint) => {
  expect(complaints(changed)).toEqual([complaint]);
});

test('a figure needs a number, its conditions and its source', () => {
  const vm = { ...cell, figure: { value: 'fast' } };
  const found = complaints({ cells: { ...row.cells, vm } }).map((each) => each.split(':')[0]);
  expect(found).toEqual(
    ['value', 'conditions', 'source'].map((f) => `rows.0.cells.vm.figure.${f}`),
  );
});

test('two rows with the same id are rejected', () => {
  const { error } = comparisonSchema.safeParse({ ...comparison, rows: [row, row] });
  expect(error?.issues[0]?.message).toBe('Another row has the id "start-up"');
});
