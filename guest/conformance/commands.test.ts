import { expect, test } from 'vitest';
import { isSame, parseAnswers, parseCommands, printAnswers } from './commands.ts';

const text = `Words before the first group.

= ls(1)
$ ls -d /etc
$ sleep 9 &
[1] <pid>
! jobs are numbered by rockets here

= cat(1)
$ cat /nowhere
`;

test('groups have an origin and commands, with matchers for output that varies and a reason for output that differs', () => {
  const reason = 'jobs are numbered by rockets here';
  expect(parseCommands('ls.txt', text)).toEqual([
    {
      origin: 'ls(1)',
      commands: [
        { command: 'ls -d /etc', form: undefined, reason: undefined },
        { command: 'sleep 9 &', form: ['[1] <pid>'], reason },
      ],
    },
    {
      origin: 'cat(1)',
      commands: [{ command: 'cat /nowhere', form: undefined, reason: undefined }],
    },
  ]);
});

test('a mistake is reported with its file and line', () => {
  expect(() => parseCommands('ls.txt', '= ls(1)\nls\n')).toThrow('ls.txt:2');
});

const groups = [
  { origin: 'ls(1)', commands: [{ command: 'ls', lines: ['$ 1', '', '# 2', '[3]'], status: 0 }] },
  { origin: 'cat(1)', commands: [{ command: 'cat x', lines: ['cat: x'], status: 1 }] },
];

test('answers are read as they were printed', () => {
  expect(parseAnswers('ls.txt', printAnswers('Printed by Debian', groups))).toEqual(groups);
});

test('output like the first line of a group is an error', () => {
  const commands = [{ command: 'echo = 1', lines: ['= 1'], status: 0 }];
  expect(() => printAnswers('', [{ origin: '', commands }])).toThrow('"echo = 1"');
});

test('an edited answer is an error', () => {
  const printed = printAnswers('Printed by Debian', groups);
  for (const edited of [printed.replace('cat: x', 'cat: y'), printed.replace(/^.*\n/, ''), ''])
    expect(() => parseAnswers('ls.txt', edited)).toThrow('ls.txt was edited');
});

test.each([
  [undefined, ['a'], ['a'], 0, true],
  [undefined, ['a'], ['b'], 0, false],
  [undefined, ['a'], ['a'], 1, false],
  [['pid <pid>'], ['pid 7'], ['pid 8'], 0, true],
  [['pid <pid>'], ['pid 7'], ['no'], 0, false],
  [['pid <pid>'], ['no'], ['pid 8'], 0, false],
])(
  'with the form %j, %j and %j with status %d are the same: %s',
  (form, debian, ours, status, same) => {
    expect(isSame({ form }, { lines: debian, status: 0 }, { lines: ours, status })).toBe(same);
  },
);
