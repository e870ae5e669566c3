import { expect, test } from 'vitest';
import { parseOptions, printOptions } from './options.ts';

/** The column of the word `cell` in "```sh cell". */
const position = { file: 'content/x.mdx', line: 10, column: 7 };
const parse = (meta: string) => parseOptions(meta, position);

test('reads every option, and has defaults', () => {
  expect(parse('cell id=a')).toMatchObject({
    ...{ id: 'a', after: [], machine: 'main', session: 'host', timeout: 30 },
  });
  expect(
    parse('cell id=a after=b,c machine=peer session="inside" timeout=90 interrupt="tick <number>"'),
  ).toEqual({
    id: 'a',
    after: ['b', 'c'],
    machine: 'peer',
    session: 'inside',
    timeout: 90,
    interrupt: 'tick <number>',
    columns: { id: 12, after: 17, machine: 27, session: 40, timeout: 57, interrupt: 68 },
  });
  expect(parse(String.raw`cell id=a fresh skip="a \"quoted\" \\ reason"`)).toMatchObject({
    fresh: true,
    skip: String.raw`a "quoted" \ reason`,
  });
});

test('a title is text for readers, on one line and without blanks around it', () => {
  expect(parse('cell id=a title="  Two   processes, one network "')).toMatchObject({
    title: 'Two processes, one network',
    columns: { title: 17 },
  });
  expect(printOptions(parse('cell after=b title="A title" id=a'))).toBe(
    'id=a title="A title" after=b',
  );
  expect(parse(`cell id=a title="${'é'.repeat(60)}"`).title).toHaveLength(60);
});

test('prints the options that it parses, in a fixed order and without defaults', () => {
  expect(printOptions(parse('cell timeout=90 after=b id=a session=host machine=main'))).toBe(
    'id=a after=b timeout=90',
  );
  const text = String.raw`id=a fresh timeout=5 interrupt=tick skip="a \"quoted\" \\ reason"`;
  expect(printOptions(parse(`cell ${text}`))).toBe(text);
});

test.each([
  ['processes', { view: 'processes' }],
  ['processes:pid,uts', { view: 'processes', target: 'pid,uts' }],
  ['groups:/demo', { view: 'groups', target: '/demo' }],
  ['mounts:sleep', { view: 'mounts', target: 'sleep' }],
  ['network', { view: 'network' }],
])('show=%s is a place in the inspector', (value, place) => {
  const options = parse(`cell id=a show=${value}`);
  expect(options.show).toEqual(place);
  expect(printOptions(options)).toBe(`id=a show=${value}`);
});

test.each([
  ['cell ide=a', 12, 'UnknownCellOption', 'Did you mean "id"?'],
  ['cell id=a fresch', 17, 'UnknownCellOption', 'Did you mean "fresh"?'],
  [
    'cell id=a quick',
    17,
    'UnknownCellOption',
    'The options are id, title, after, machine, session,',
  ],
  ['cell id=a machine="Peer 2"', 17, 'BadCellOption', '"Peer 2" cannot be the name of a machine.'],
  ['cell id=a machine', 17, 'BadCellOption', 'Write machine=value'],
  ['cell id=a fresh=yes', 17, 'BadCellOption', 'Write fresh without a value.'],
  ['cell id=a title', 17, 'BadCellOption', 'Write title="What it shows"'],
  ['cell id=a title="  "', 17, 'BadCellOption', 'Write title="What it shows"'],
  [`cell id=a title="${'x'.repeat(61)}"`, 17, 'BadCellOption', 'Shorten it'],
  ['cell id=a skip', 17, 'BadCellOption', 'Write skip="why it cannot run"'],
  ['cell id=a skip="  "', 17, 'BadCellOption', 'Write skip="why it cannot run"'],
  ['cell id=a interrupt', 17, 'BadCellOption', 'Write interrupt="text"'],
  ['cell id=a skip="no end', 17, 'BadCellOption', 'Write skip="value"'],
  ['cell id=a after=,', 17, 'BadCellOption', 'Write after=one,two'],
  ['cell id=a after=b,b', 17, 'BadCellOption', 'Remove one of the two.'],
  ['cell id=', 12, 'BadCellOption', 'Write id=value'],
  ['cell id=a id=b', 17, 'BadCellOption', 'Remove one of the two.'],
  ['cell', 7, 'BadCellId', 'Write id='],
  ['cell id=Upper', 12, 'BadCellId', 'lower-case letters'],
  ['cell id=a session=insde', 17, 'UnknownSession', 'Did you mean "inside"?'],
  ['cell id=a timeout=0', 17, 'BadCellOption', 'from 1 to 600'],
  ['cell id=a timeout=1e2', 17, 'BadCellOption', 'from 1 to 600'],
  ['cell id=a skip=“no net”', 17, 'BadCellOption', 'Write straight quotes: skip="value".'],
  ['cell id=‘a’', 12, 'BadCellOption', 'Write straight quotes: id="value".'],
  ['cell id = a', 15, 'BadCellOption', 'Write id=value without spaces'],
  ['cell id= a', 16, 'BadCellOption', 'Write id=value without spaces'],
  ['cell id=a after=b, c', 26, 'BadCellOption', 'Write after=value without spaces'],
  [
    'cell id=a skip=no net',
    25,
    'UnknownCellOption',
    'Put a value that contains spaces in double quotes.',
  ],
  ['cell id=a show', 17, 'BadCellOption', 'Write show=processes'],
  ['cell id=a show=group', 17, 'BadCellOption', 'Did you mean "groups"? The views are processes,'],
  ['cell id=a show=network:lo', 17, 'BadCellOption', 'The view "network" takes no target.'],
  ['cell id=a show=processes:', 17, 'BadCellOption', 'show=processes:pid,uts'],
  ['cell id=a show=processes:pid,utx', 17, 'BadCellOption', 'Did you mean "uts"? The kinds are'],
  ['cell id=a show=groups:demo', 17, 'BadCellOption', '"demo" is not the path of a control group.'],
  ['cell id=a timeout=soon', 17, 'BadCellOption', 'from 1 to 600'],
])('%s: column %d, %s', (meta, column, name, hint) => {
  expect(() => parse(meta)).toThrow(`content/x.mdx:10:${column}  ${name}\n`);
  expect(() => parse(meta)).toThrow(hint);
});
