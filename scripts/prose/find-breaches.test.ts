import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findBreaches, longest } from './find-breaches.ts';
import { listProse } from './list-prose.ts';
import { proseRules } from './rules.ts';

const examples = proseRules.flatMap(({ rule, examples: pairs }) =>
  pairs.map(([wrong, right]) => ({ rule, wrong, right })),
);

test.for(examples)('rule $rule finds “$wrong” and accepts “$right”', ({ rule, wrong, right }) => {
  expect(findBreaches('page.mdx', wrong).map((each) => each.rule)).toContain(rule);
  expect(findBreaches('page.mdx', right)).toEqual([]);
});

test('the guide for authors has each example, the wrong one struck out', () => {
  const guide = readFileSync('content/README.md', 'utf8').replaceAll(/\s+/g, ' ');
  for (const { wrong, right } of examples) {
    expect(guide).toContain(`~~${wrong}~~`);
    expect(guide).toContain(right);
  }
});

test('a page: text, attributes, titles, questions and tasks are read, code and struck out text are not', () => {
  const page = [
    '---',
    'title: A page',
    'description: It shall start.',
    '---',
    '',
    'A first line, and a',
    'second one that shall `hereby` break a rule.',
    '',
    '~~It shall not count.~~',
    '',
    '<Quiz question="Shall it start?">',
    '',
    'Yes.',
    '',
    '</Quiz>',
    '',
    '```sh cell id=x title="It shall print"',
    '$ echo shall',
    '? What shall it print?',
    '$ echo 1',
    '```',
    '',
    '```yaml task id=y title="A task"',
    'goal: |',
    '  You shall write a file.',
    '```',
  ].join('\n');
  const lines = findBreaches('page.mdx', page).map(({ rule, line }) => `${rule}${line}`);
  expect(lines).toEqual(['F3', 'F7', 'F11', 'F17', 'F19', 'F24']);
});

test('code: comments over several lines and messages are read, names and the strings of tests are not', () => {
  const code = [
    '/**',
    ' * Returns a value that it',
    ' * shall keep.',
    ' */',
    'export const shall = 1;',
    '// A comment that is',
    '// treated so.',
    "throw new Error('You shall not.');",
  ].join('\n');
  const lines = findBreaches('code.ts', code).map(({ rule, line }) => `${rule}${line}`);
  expect(lines).toEqual(['F3', 'C7', 'F8']);
  expect(findBreaches('code.test.ts', code)).toHaveLength(2);
});

test('C: comments are read, directives and strings are not', () => {
  const code = [
    '#define TEXT "it shall print"',
    '/* The agent',
    ' * shall start. */',
    'int n; /* it shall count */',
  ].join('\n');
  expect(findBreaches('agent.c', code).map(({ line }) => line)).toEqual([3, 4]);
});

test.each(['build.sh', 'recipes/init'])(
  'the script %s: comments are read, also those after code, and commands are not',
  (name) => {
    const code = [
      '#!/bin/shall',
      '# A comment that',
      '# shall be read.',
      'sed \'s# shall#x#\'; echo "$#  shall"',
      'make() { # make NAME: shall build it',
    ].join('\n');
    expect(findBreaches(name, code).map(({ line }) => line)).toEqual([3, 5]);
  },
);

test('the sources of the image are among the files, with scripts without an ending, without other files', () => {
  const files = listProse();
  for (const file of ['agent/main.c', 'agent/look.h', 'pack.ts', 'build.sh', 'compilers/musl-cc'])
    expect(files).toContain(`guest/${file}`);
  expect(files).not.toContain('guest/kernel/config');
  expect(new Set(files).size).toBe(files.length);
});

test('a data file: strings are read, keys are not', () => {
  const breaches = findBreaches(
    'term.yaml',
    'shall be: 1\nterm: pod\ndefinition: It shall hold.\n',
  );
  expect(breaches.map(({ line }) => line)).toEqual([3]);
});

test('a page has no sentence that is too long', () => {
  const words = Array.from({ length: longest }, () => 'word').join(' ');
  expect(findBreaches('page.mdx', `${words}. ${words}.`)).toEqual([]);
  const [breach] = findBreaches('page.mdx', `A short one. ${words} more.`);
  expect(breach?.advice).toContain(`${longest + 1} words`);
});
