import { describe, expect, test } from 'vitest';
import { drawValues, provedValues, toPageTask } from '../task.ts';
import type { Task } from '../task.ts';
import {
  formatChapter,
  parseActivities,
  parseChapter,
  printActivity,
  printWhatRuns,
} from './chapter.ts';

const body = `goal: Make {{count}} files in \`/tmp/x\`.
values:
  count: { from: 2, to: 6, step: 2 }
checks:
  - run: ls /tmp/x | wc -l
    prints: '{{count}}'
    hints:
      - id: none
        when: No such file
        say: There is no directory.
      - id: other-count
        say: There are {output}.
solutions:
  - - mkdir /tmp/x; touch /tmp/x/{1..{{count}}}
  - - mkdir /tmp/x
    - for i in $(seq {{count}}); do touch /tmp/x/$i; done
mistakes:
  - run: [mkdir /tmp]
    hint: none
  - run: [mkdir /tmp/x]
    hint: other-count`;
const fence = (text = body, meta = 'id=files title="Make files"'): string =>
  `# T\n\n\`\`\`yaml task ${meta}\n${text}\n\`\`\`\n`;

function parse(text?: string, meta?: string): Task {
  const [task] = parseActivities('x.mdx', fence(text, meta));
  if (task?.kind !== 'task') throw new Error('no task');
  return task;
}

test('a task is read with its values, checks, solutions and mistakes, and is no cell', () => {
  const task = parse();
  expect(task).toMatchObject({ id: 'files', title: 'Make files', session: 'host', timeout: 30 });
  expect(task.values).toEqual({ count: { from: 2, to: 6, step: 2 } });
  expect(task.checks[0]).toMatchObject({ prints: ['{{count}}'], status: 0 });
  expect(task.lines).toEqual({ solutions: [17, 18], mistakes: [21, 23] });
  expect(parseChapter('x.mdx', fence())).toEqual([]);
});

test('a template of docker inspect is no value', () => {
  const template = "docker inspect -f '{{.State.Pid}} {{json .Mounts}}' x";
  const task = parse(body.replace('ls /tmp/x', template));
  expect(task.checks[0]?.run).toContain(template);
});

test('it is printed as it was typed, with its options in order', () => {
  const task = parse(body, 'title="Make files" id=files');
  expect(`# T\n\n${printActivity(task)}\n`).toBe(fence());
  const { text, unformatted } = formatChapter('x.mdx', fence(body, 'title="Make files"  id=files'));
  expect(text).toBe(fence());
  expect(unformatted[0]?.position).toMatchObject({ line: 3 });
});

test('a proof or a mark holds while only words for readers change', () => {
  const runs = printWhatRuns(parse());
  const words = body
    .replace('Make {{count}} files', 'Have {{count}} files')
    .replace('There are', 'I see');
  expect(printWhatRuns(parse(words, 'id=files title="Other"'))).toBe(runs);
  for (const [from, to] of [
    ['wc -l', 'wc -w'],
    ['No such file', 'such'],
    ['to: 6', 'to: 8'],
    ['[mkdir /tmp]', '[mkdir /var]'],
  ] as const) {
    expect(printWhatRuns(parse(body.replace(from, to)))).not.toBe(runs);
  }
  expect(printWhatRuns(toPageTask(parse()))).toBe(
    printWhatRuns(toPageTask(parse(body.replace('[mkdir /tmp]', '[mkdir /var]')))),
  );
});

test('it is proved at both ends of a range and one value between; a repetition has other values', () => {
  const task = parse();
  expect(provedValues(task)).toEqual([{ count: '2' }, { count: '6' }, { count: '4' }]);
  expect(drawValues(task, { count: '2' }, () => 0)).toEqual({ count: '4' });
  expect(drawValues(task, { count: '6' }, () => 0.99)).toEqual({ count: '4' });
});

describe('a mistake in a task has its place, its reason and the next step', () => {
  test.each([
    ['a misspelt field', 'goal:', 'gaol:', 'x.mdx:4:1', 'Did you mean `goal`?'],
    ['a missing field', /mistakes:[^]*/, '', 'x.mdx:4:1', 'Add `mistakes`'],
    ['an unknown value', 'ls /tmp/x |', 'ls {{cuont}} |', 'x.mdx:8:13', 'Did you mean {{count}}?'],
    ['an unused value', /\{\{count\}\}/g, '3', 'x.mdx:6:10', 'No text of this task uses'],
    ['an unknown hint', 'hint: none', 'hint: non', 'x.mdx:22:11', 'Did you mean "none"?'],
    ['the same hint twice', 'id: other-count', 'id: none', 'x.mdx:14:13', 'Two hints'],
    ['a hint that never shows', 'when: No such file', '', 'x.mdx:11:9', 'never shown'],
    [
      'no last hint',
      'say: There are {output}.',
      'when: x\n        say: y',
      'x.mdx:15:15',
      'no hint',
    ],
    ['one solution', / {2}- - mkdir \/tmp\/x\n.*\n/, '', 'x.mdx:17:3', 'two different solutions'],
    ['the same mistake twice', '[mkdir /tmp]', '[mkdir /tmp/x]', 'x.mdx:23:5', 'same as number 1'],
    ['an empty range', 'to: 6', 'to: 2', 'x.mdx:6:25', 'larger number'],
    ['an endless range', 'to: 6', 'to: 20002', 'x.mdx:6:25', 'at most 10,000 values'],
    ['a broken range', 'step: 2', 'step: 3', 'x.mdx:6:34', 'whole number of steps'],
    ['YAML that cannot be read', "'{{count}}'", "'{{count}}", 'x.mdx:24:22', 'Missing closing'],
    ['a number as a goal', /goal: .*/, 'goal: 7', 'x.mdx:4:7', 'expected string'],
  ])('%s', (_, from, to, place, words) => {
    const read = () => parse(body.replace(from, to));
    expect(read).toThrow(`${place}`);
    expect(read).toThrow(words);
  });

  test.each([
    ['id=files', 'has no title'],
    ['id=files title="T" fresh', 'Remove the option "fresh"'],
    ['id=Files title="T"', '"Files" cannot be the id of a task.'],
    ['id=files title="T" speed=3', 'A task has no option "speed".'],
    ['id=files title="T" after=none', 'The task "files" is to run after "none"'],
    ['id=files title="T" after=a', '"a", which is not on this page'],
    ['id=files title="T" after=a', 'Remove "a" from after: this page has no cells.'],
  ])('%s', (meta, words) => {
    expect(() => parse(body, meta)).toThrow(words);
  });

  test('nothing can run after a task, and none is proposed', () => {
    const cell = (meta: string) => `\`\`\`sh cell ${meta}\n$ true\n\`\`\`\n`;
    const read = (meta: string) =>
      parseActivities('x.mdx', cell('id=filed') + fence() + cell(`id=last ${meta}`));
    expect(() => read('after=files')).toThrow(
      '"files" is a task, and nothing can run after a task',
    );
    expect(() => read('after=files')).toThrow('Remove "files" from after.');
    expect(() => read('after=unlike')).toThrow('The cells are filed, last.');
    expect(() => read('after=file')).toThrow('Did you mean "filed"?');
  });

  test('all mistakes are found at once', () => {
    const wrong = body.replace('hint: none', 'hint: no').replace('seq {{count}}', 'seq {{cout}}');
    expect(() => parse(wrong, 'id=files')).toThrow(/no title[^]*hint "no"[^]*no value "cout"/);
  });

  test('a task of another language is none', () => {
    const read = () => parseActivities('x.mdx', fence().replace('yaml task', 'yml task'));
    expect(read).toThrow('Begin it with "yaml task id=…"');
  });
});
