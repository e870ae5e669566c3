import { expect, test } from 'vitest';
import { mergeProgress, printProgressFile, readProgressFile } from './progress-file.ts';
import { readProgress } from './store.ts';

const texts = new Map([
  [
    'chapters/x/',
    new Map([
      ['a', '1'],
      ['b', '1'],
      ['task', '2'],
    ]),
  ],
]);
const file = (entries: unknown, path = 'chapters/x/'): string =>
  JSON.stringify({ version: 1, pages: { [path]: entries } });
const read = (text: string) =>
  Object.fromEntries(readProgressFile(text, texts).get('chapters/x/') ?? []);

test('a saved file is read as it was', () => {
  const entries = {
    a: { text: '1', ran: 'as printed', answers: { 0: '3' } },
    task: { text: '2', done: true, values: { mb: '16' } },
  };
  const saved = printProgressFile(readProgress(file(entries)));
  expect(read(saved)).toEqual(entries);
});

test.each([
  ['no JSON', '<html>', 'not JSON'],
  ['JSON of another kind', '[1, 2]', 'no progress in this course'],
  ['null', 'null', 'no progress in this course'],
  ['a newer version', '{"version":2,"pages":{}}', 'newer version'],
])('%s is refused with the reason', (_, text, words) => {
  expect(() => readProgressFile(text, texts)).toThrow(words);
});

test('what is not of this course, or not valid, is left out', () => {
  const long = 'x'.repeat(1000);
  const hostile = file({
    a: { text: '1', ran: 'as printed', html: '<img src=x onerror=alert(1)>' },
    b: { text: long, ran: 'as printed' },
    task: { text: '2', values: { mb: long } },
    unknown: { text: '1', done: true },
    constructor: { text: '1', done: true },
  }).replace('{"a"', '{"__proto__":{"text":"1","done":true},"a"');
  expect(read(hostile)).toEqual({ a: { text: '1', ran: 'as printed' } });
  expect(readProgressFile(file({ a: { text: '1' } }, '../../x'), texts).size).toBe(0);
  expect({}).not.toHaveProperty('done');
});

test('an entry of an old text of its activity is left out', () => {
  const entries = { a: { text: 'old', ran: 'as printed' }, b: { text: '1', ran: 'as printed' } };
  expect(read(file(entries))).toEqual({ b: { text: '1', ran: 'as printed' } });
});

test('a file is added to what the browser keeps, and replaces only an entry of an old text', () => {
  const here = readProgress(
    file({
      a: { text: '1', ran: 'differently', answers: { 0: 'here' } },
      b: { text: 'old', ran: 'as printed', answers: { 0: 'old' } },
      task: { text: '2', values: { mb: '8' } },
    }),
  );
  const loaded = readProgress(
    file({
      a: { text: '1', ran: 'as printed', answers: { 0: 'there', 1: 'x' } },
      b: { text: '1', ran: 'differently' },
      task: { text: '2', done: true, values: { mb: '16' } },
    }),
  );
  expect(Object.fromEntries(mergeProgress(here, loaded).get('chapters/x/') ?? [])).toEqual({
    a: { text: '1', ran: 'as printed', answers: { 0: 'here', 1: 'x' } },
    b: { text: '1', ran: 'differently' },
    task: { text: '2', done: true, values: { mb: '8' } },
  });
});
