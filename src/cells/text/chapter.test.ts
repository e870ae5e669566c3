import { expect, test } from 'vitest';
import { chainOf } from '../run/plan.ts';
import { formatChapter, parseChapter, printActivity, replaceActivities } from './chapter.ts';

const page = [
  '# Title',
  '```sh cell id=one',
  '$ echo 1',
  '1',
  '```',
  '````md',
  '```sh cell id=quoted',
  '```',
  '````',
  '  ~~~sh cell id=two after=one session=inside',
  '$ echo 2',
  '~~~',
  '```sh',
  'not a cell',
  '```',
].join('\n');

test('finds the cells of a page and their positions', () => {
  const cells = parseChapter('content/x.mdx', page);
  expect(cells.map(({ id, position }) => [id, position.line])).toEqual([
    ['one', 2],
    ['two', 10],
  ]);
  expect(cells[1]?.steps[0]?.line).toBe(11);
});

test('replaces the text of a cell and nothing else', () => {
  const [one] = parseChapter('content/x.mdx', page);
  if (!one) throw new Error('no cell');
  const changed = { ...one, steps: [{ command: 'echo 1', output: ['one'], status: 3, line: 3 }] };
  expect(replaceActivities(page, [changed])).toBe(page.replace('1\n1\n', '1\none\n[3]\n'));
  expect(replaceActivities(page, [])).toBe(page);
  expect(printActivity(changed)).toBe('```sh cell id=one\n$ echo 1\none\n[3]\n```');
});

const fence = (meta: string): string => `\`\`\`sh cell ${meta}\n$ true\n\`\`\`\n`;

test.each([
  ['id=a', 'id=a', 'DuplicateCellId', 'The first is on line 1.'],
  ['id=a title=One', 'id=b title=One', 'DuplicateCellTitle', '"One" twice on this page'],
  ['id=a', 'id=b title=a', 'DuplicateCellTitle', 'The first is on line 1.'],
  ['id=first', 'id=b after=frst', 'UnknownCell', 'Did you mean "first"?'],
  ['id=a after=b', 'id=b after=a', 'CellCycle', 'a after b after a'],
  ['id=a after=b', 'id=b', 'AfterLater', 'Move "b" (line 4) above "a"'],
  ['id=a skip="no network"', 'id=b after=a', 'AfterSkipped', 'Write skip="reason" for "b"'],
  ['id=a', 'id=b after=a machine=peer', 'OtherMachine', 'runs on the machine "peer", but'],
  ['id=a', 'id=b after=a fresh', 'AfterAndFresh', 'Remove fresh or after.'],
])('%s and %s: %s', (first, second, name, words) => {
  const parse = () => parseChapter('content/x.mdx', fence(first) + fence(second));
  expect(parse).toThrow(name);
  expect(parse).toThrow(words);
});

test('no cell can run after one at whose end the machine stops', () => {
  const stops = '```sh cell id=a\n$ poweroff\n[stops]\n```\n\n';
  const parse = () => parseChapter('content/x.mdx', stops + fence('id=b after=a'));
  expect(parse).toThrow('AfterStopped');
  expect(parse).toThrow('Remove "a" from after.');
});

test('a fresh cell may only begin a chain', () => {
  const page = fence('id=a') + fence('id=f fresh');
  expect(() => parseChapter('x', page + fence('id=c after=f,a'))).not.toThrow();
  expect(() => parseChapter('x', page + fence('id=c after=a,f'))).toThrow('Name "f" first');
});

test('a graph with many paths takes no longer than one with few', () => {
  const layers = Array.from({ length: 60 }, (_, i) =>
    ['a', 'b']
      .map((name) => fence(`id=${name}${i}${i ? ` after=a${i - 1},b${i - 1}` : ''}`))
      .join(''),
  );
  expect(parseChapter('x', layers.join(''))).toHaveLength(120);
});

test('an indented fence is parsed and rewritten as in Markdown', () => {
  const text = '- a list\n\n  ```sh cell id=a\n  $ x\n    two in\n  ```\n';
  const [cell] = parseChapter('x', text);
  expect(cell?.steps).toMatchObject([{ command: 'x', output: ['  two in'] }]);
  expect(cell && replaceActivities(text, [cell])).toBe(text);
});

test('output that would end its fence gets longer marks', () => {
  const text = fence('id=a');
  const [cell] = parseChapter('x', text);
  const steps = [{ command: 'x', output: ['```'], status: 0, line: 2 }];
  const replaced = replaceActivities(text, cell ? [{ ...cell, steps }] : []);
  expect(replaced).toBe('````sh cell id=a\n$ x\n```\n````\n');
  expect(parseChapter('x', replaced)[0]?.steps[0]?.output).toEqual(['```']);
});

test('the formatter reports and rewrites each fence that is not canonical', () => {
  const text = `${fence('id=one')}\n~~~sh  cell   session=host id="two"\n$ x\n> y  \n\\\\[2]  \n~~~\nend`;
  const { text: formatted, unformatted } = formatChapter('content/x.mdx', text);
  expect(unformatted).toEqual([
    {
      position: { file: 'content/x.mdx', line: 5, column: 1 },
      before: '~~~sh  cell   session=host id="two"',
      after: '```sh cell id=two',
    },
  ]);
  expect(formatted).toBe(
    `${fence('id=one')}\n\`\`\`sh cell id=two\n$ x\n> y  \n\\\\[2]\n\`\`\`\nend`,
  );
  expect(formatChapter('content/x.mdx', formatted).unformatted).toEqual([]);
});

test('an empty cell is an error', () => {
  expect(() => parseChapter('content/x.mdx', '```sh cell id=a\n```')).toThrow(
    'This cell is empty.',
  );
});

test('a chain contains each cell once, in running order', () => {
  const cells = parseChapter(
    'x',
    fence('id=a') + fence('id=b after=a') + fence('id=c after=a') + fence('id=d after=c,b'),
  );
  expect(chainOf(cells, 'd').map((cell) => cell.id)).toEqual(['a', 'c', 'b']);
  expect(chainOf(cells, 'a')).toEqual([]);
});

test('a fence that is not closed is a mistake', () => {
  const text = 'Text.\n\n```sh cell id=a\n$ one\n1\n\nMore text.\n';
  expect(() => parseChapter('x.mdx', text)).toThrow('not closed');
  expect(() => formatChapter('x.mdx', text)).toThrow('not closed');
});

test('a fence that is closed by the end of the next one is not closed', () => {
  const text = `${fence('id=a').replace('\n```', '\nout')}\nText.\n\n${fence('id=b')}`;
  const words =
    /^x\.mdx:1:7 {2}BadTranscript\nThe fence .* not closed: on line 7, another fence begins/;
  expect(() => parseChapter('x.mdx', text)).toThrow(words);
  expect(() => parseChapter('x.mdx', text.replace('sh cell id=a', 'text'))).toThrow(
    'code block is not',
  );
  expect(() => parseChapter('x.mdx', '    indented\n')).not.toThrow();
});

test('all mistakes of a page are reported at once', () => {
  const other = fence('id=other after=missing').replace('sh cell', 'bash cell');
  const wrong = `${fence('id=a timout=1')}${fence('id=b')}${fence('id=c fesh')}${other}`;
  expect(() => parseChapter('x.mdx', wrong)).toThrow(/x\.mdx:1:[^]*x\.mdx:7:[^]*x\.mdx:10:/);
  const graph = `${fence('id=a after=x')}${fence('id=a')}${fence('id=b after=y')}`;
  expect(() => parseChapter('x.mdx', graph)).toThrow(/x\.mdx:4:[^]*x\.mdx:1:[^]*x\.mdx:7:/);
});

test.each([
  ['a <5 b', '3:3', 'This "<" begins a tag, but the tag cannot be read.'],
  ['a <!-- b -->', '3:3', 'A page cannot contain an HTML comment.\nWrite {/* … */} instead.'],
  ['a {1 +}', '3:7', 'The code in these braces cannot be read: Unexpected token.'],
  ['<Quiz>\n\ntext', '3:1', 'The tag <Quiz> is not closed.\nWrite </Quiz>'],
  ['a <Term>b</Quiz>', '3:10', 'Found </Quiz>, but <Term> on line 3 is still open.'],
  ['a </Quiz> b', '3:3', '</Quiz> has no opening tag.'],
  ['a {b', '3:3', 'This "{" begins an expression'],
])('%j is explained with its position', (text, where, words) => {
  const parse = () => parseChapter('x.mdx', `# T\n\n${text}\n`);
  expect(parse).toThrow(`x.mdx:${where}  BadMarkdown\n${words}`);
});

test('a page that is not MDX is a mistake with its position', () => {
  const text = `${fence('id=a')}\nA <pid here.\n`;
  expect(() => parseChapter('x.mdx', text)).toThrow(/^x\.mdx:5:\d+ {2}BadMarkdown\n/);
});

test('fences within other fences and in components are parsed as in Markdown', () => {
  const text = `<div>\n\n  ${fence('id=in').replaceAll('\n', '\n  ')}\n</div>\n\n~~~md\n${fence('id=shown')}~~~\n`;
  expect(parseChapter('x.mdx', text).map(({ id, position }) => [id, position.line])).toEqual([
    ['in', 3],
  ]);
});

test('only an sh fence with the word cell is one', () => {
  const found = (info: string) => parseChapter('x.mdx', `\`\`\`${info}\n$ true\n\`\`\`\n`).length;
  expect(['sh cell id=a', 'sh cells', 'sh', 'bash'].map(found)).toEqual([1, 0, 0, 0]);
});

test('a third machine is a mistake of the cell that names it', () => {
  const two = fence('id=a') + fence('id=b machine=peer') + fence('id=c machine=main');
  expect(parseChapter('x.mdx', two).map(({ machine }) => machine)).toEqual([
    'main',
    'peer',
    'main',
  ]);
  const parse = () => parseChapter('x.mdx', two + fence('id=d machine=third'));
  expect(parse).toThrow(
    /^x\.mdx:10:17 {2}TooManyMachines\n.*"third".*\nRun the cell on "main" or "peer"/,
  );
});

test.each([
  'bash cell id=a',
  'shell cell id=a',
  'sh Cell id=a',
  'sh id=a',
  'bash id=a',
  'text cell',
])('a fence "%s" is an error, since nothing would run it', (first) => {
  const page = `Text.\n\n\`\`\`${first}\n$ true\n\`\`\`\n`;
  expect(() => parseChapter('content/x.mdx', page)).toThrow('looks like a cell but is not one');
});

test.each(['sh', 'bash', 'js id=a', 'text title="a cell"'])(
  'a fence "%s" is only shown',
  (first) => {
    expect(parseChapter('content/x.mdx', `\`\`\`${first}\n$ true\n\`\`\`\n`)).toEqual([]);
  },
);
