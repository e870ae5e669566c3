import { expect, test } from 'vitest';
import { isCell, parseOptions, printOptions } from './options.ts';

const place = { file: 'content/x.mdx', line: 10, column: 1 };
const parse = (meta: string) => parseOptions(meta, place);

test('reads every option, and has defaults', () => {
  expect(parse('cell id=a')).toEqual({ id: 'a', after: [], session: 'host', timeout: 30 });
  expect(parse('cell id=a after=b,c session="inside" timeout=90')).toEqual({
    id: 'a',
    after: ['b', 'c'],
    session: 'inside',
    timeout: 90,
  });
});

test('prints what it reads, in a fixed order and without defaults', () => {
  expect(printOptions(parse('cell timeout=90 after=b id=a session=host'))).toBe(
    'id=a after=b timeout=90',
  );
});

test('only an sh fence with the word cell is one', () => {
  expect(isCell('sh', 'cell id=a')).toBe(true);
  expect(isCell('sh', 'cells')).toBe(false);
  expect(isCell('sh', null)).toBe(false);
  expect(isCell('bash', 'cell id=a')).toBe(false);
});

test.each([
  ['cell ide=a', 'UnknownCellOption', 'Did you mean "id"?'],
  ['cell id=a fresh', 'UnknownCellOption', 'The options are id, after, session, timeout.'],
  ['cell id=', 'BadCellOption', 'Write id=value'],
  ['cell id=a id=b', 'BadCellOption', 'Leave one of the two out.'],
  ['cell', 'BadCellId', 'Write id='],
  ['cell id=Upper', 'BadCellId', 'lower-case letters'],
  ['cell id=a session=insde', 'UnknownSession', 'Did you mean "inside"?'],
  ['cell id=a timeout=0', 'BadCellOption', 'from 1 to 600'],
  ['cell id=a timeout=soon', 'BadCellOption', 'from 1 to 600'],
])('%s: %s', (meta, name, hint) => {
  expect(() => parse(meta)).toThrow(`content/x.mdx:10:1  ${name}\n`);
  expect(() => parse(meta)).toThrow(hint);
});
