import { expect, test } from 'vitest';
import { parseTranscript, printTranscript } from './transcript.ts';

const position = { file: 'content/x.mdx', line: 10, column: 1 };
const parse = (text: string) => parseTranscript(text, position);

test('reads commands, continuation lines, output and status', () => {
  expect(parse('$ for i in 1 2\n> do echo $i; done\n1\n2\n$ false\n[1]')).toEqual([
    { command: 'for i in 1 2\ndo echo $i; done', output: ['1', '2'], status: 0, line: 11 },
    { command: 'false', output: [], status: 1, line: 15 },
  ]);
});

test('an empty line is output, a trailing blank is not', () => {
  expect(parse('$ x\n\na  ')[0]?.output).toEqual(['', 'a']);
});

test('a backslash turns syntax into output', () => {
  const output = ['$ x', '$# x', '> y', '[1]', String.raw`\[1]`, String.raw`\<pid>`, '[1]+  Done'];
  const text = printTranscript([{ command: 'x', output, status: 0 }]);
  expect(text.split('\n')).toEqual([
    '$ x',
    String.raw`\$ x`,
    String.raw`\$# x`,
    String.raw`\> y`,
    String.raw`\[1]`,
    String.raw`\\[1]`,
    String.raw`\<pid>`,
    '[1]+  Done',
  ]);
  expect(parse(text)[0]?.output).toEqual(output);
});

test('a step can be hidden', () => {
  expect(parse('$# mkdir /x\n> true\n$ ls')).toEqual([
    { command: 'mkdir /x\ntrue', output: [], status: 0, line: 11, hidden: true },
    { command: 'ls', output: [], status: 0, line: 13 },
  ]);
});

test('a question stands before its step, with choices or without', () => {
  const text = '$ a\none\n? What now?\n( ) `1`\n( ) 2\n$ b\n> c\n2\n? And here?\n$ d\n\\? e\n\\?';
  expect(parse(text)).toEqual([
    { command: 'a', output: ['one'], status: 0, line: 11 },
    {
      ask: { text: 'What now?', choices: [{ text: '`1`' }, { text: '2' }] },
      ...{ command: 'b\nc', output: ['2'], status: 0, line: 16 },
    },
    { ask: { text: 'And here?' }, command: 'd', output: ['? e', '?'], status: 0, line: 20 },
  ]);
  expect(printTranscript(parse(text))).toBe(text);
  const marked = '? Why?\n( ) none\n(x) one\n$ true';
  expect(printTranscript(parse(marked))).toBe(marked);
  expect(parse('?  Much   space? \n( )  a \n(x) b\n$ a')[0]?.ask).toEqual({
    text: 'Much   space?',
    choices: [{ text: 'a' }, { text: 'b', right: true }],
  });
  expect(parse('$ x\n?y\n(x) z')[0]?.output).toEqual(['?y', '(x) z']);
});

test.each([
  ['a question without text', '?\n$ x', 11, 'This question has no text.'],
  ['a question without a command', '$ x\n? What?\n( ) a\n( ) b', 12, 'No command follows'],
  ['two questions', '? What?\n? Why?\n$ x', 12, 'Only choices can stand between'],
  ['output below a question', '? What?\n() a\n$ x', 12, 'Write "( ) text" for a choice'],
  ['a choice without text', '? What?\n( )\n$ x', 12, 'This choice has no text.'],
  ['one choice', '$ a\n? What?\n( ) 1\n$ x\n1', 12, 'This question has only one choice.'],
  [
    'a long choice',
    `? What?\n( ) \`${'x'.repeat(200)}\`\n( ) ${'x'.repeat(201)}\n$ x`,
    ...([13, 'This choice is longer than 200 characters.'] as const),
  ],
  ['equal choices', '? What?\n( ) 1\n( ) 1\n$ x', 13, 'The choice "1" is given twice.'],
  ['two marks', '? What?\n(x) 1\n(x) 2\n$ x', 13, 'Two choices are marked as right.'],
  ['no right choice', '? What?\n( ) 1\n( ) 2\n$ x\n3', 11, 'Write "(x)" before the right one.'],
  ['two printed choices', '? What?\n( ) 1\n( ) 2\n$ x\n<number>', 11, 'Several choices match'],
  ['a wrong mark', '? What?\n(x) 1\n( ) 2\n$ x\n2', 11, 'but the step prints "2"'],
  ['a question before set-up', '? What?\n$# x', 11, 'A question stands before a hidden step.'],
])('%s is a mistake with its line', (_, text, line, message) => {
  expect(() => parse(text)).toThrow(`content/x.mdx:${line}:1  BadQuestion\n`);
  expect(() => parse(text)).toThrow(message);
});

test('before its output is recorded, a question needs no right choice', () => {
  expect(() => parse('? What?\n( ) 1\n( ) 2\n$ x')).not.toThrow();
});

test('printing the parsed steps gives the same text', () => {
  const text = '$# set\n$ a\n> b\n>\n> c\none\n...\n[137]\n$ c';
  expect(printTranscript(parse(text))).toBe(text);
});

test.each([
  ['a step without a command', '$ x\n$ ', 12, 'This step has no command.'],
  ['output first', 'hello', 11, 'A cell has to start with a command'],
  ['output after the status', '$ x\n[1]\nmore', 13, 'Nothing may follow'],
  [
    'a step after the end of the machine',
    '$ x\n[stops]\n$ y',
    13,
    'The step above stops the machine',
  ],
  ['a tab after "$"', '$\techo', 11, 'A tab follows the "$" of this step.'],
  ['no space after "$"', '$ x\n$ls', 12, 'No space follows the "$" of this step.'],
  ['no space after "$#"', '$#mkdir x', 11, 'No space follows the "$#" of this step.'],
  [
    'a here-document without its end',
    '$ cat <<END\none',
    11,
    'The here-document <<END is not closed.',
  ],
  [
    'a here-document with another end',
    "$ x; cat <<-'A' > y\n> one\n> B",
    11,
    'The here-document <<A is not closed.',
  ],
  ['a status of 0', '$ x\n[0]', 12, '[0] is not the exit status'],
  ['a status over 255', '$ x\n[256]', 12, '[256] is not the exit status'],
])('%s is reported with its line', (_, text, line, message) => {
  expect(() => parse(text)).toThrow(`content/x.mdx:${line}:1  BadTranscript\n${message}`);
});

test.each([
  '$ cat <<END\n> one\n> END',
  "$ cat <<-'END' | wc\n> \tEND\n1",
  '$ cat <<< END',
  '$ echo $((1 <<n))',
  '$ cat <<END\n[waits]',
  '$ poweroff\nout\n[stops]',
  '$ echo\n\\[stops]',
])('%j has its text', (text) => {
  expect(() => parse(text)).not.toThrow();
});

test.each(['$\t1', '$HOME', '$#x', '$$'])('output can begin as %j does', (line) => {
  const text = printTranscript([{ command: 'x', output: [line], status: 0 }]);
  expect(text).toBe(`$ x\n\\${line}`);
  expect(parse(text)[0]?.output).toEqual([line]);
});

test('a step can end with a program that waits', () => {
  const steps = parse('$ cat\nout\n[waits]\n$ cat\n\\[waits]');
  expect(steps).toEqual([
    { command: 'cat', output: ['out'], status: 0, waits: true, line: 11 },
    { command: 'cat', output: ['[waits]'], status: 0, line: 14 },
  ]);
  expect(printTranscript(steps)).toBe('$ cat\nout\n[waits]\n$ cat\n\\[waits]');
});
