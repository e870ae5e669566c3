import { expect, test } from 'vitest';
import { parseActivities } from '../../../src/cells/text/chapter.ts';
import type { BrowserDriver } from './driver.ts';
import { runTasks } from './run-tasks.ts';

const fence = (solutions: string) => `\`\`\`yaml task id=make-it title="Make it"
goal: Make the directory.
checks:
  - run: test -d /tmp/made
    hints:
      - id: missing
        say: It is missing.
solutions:
${solutions}
mistakes:
  - run: [mkdir /tmp/other]
    hint: missing
  - run: [touch /tmp/made]
    hint: missing
\`\`\`
`;
const tasks = (solutions = '  - - cd /tmp\n    - mkdir made\n  - - mkdir /tmp/made') =>
  parseActivities('x.mdx', fence(solutions)).filter((each) => each.kind === 'task');

/** A driver whose page answers each press or command with the next of these states. */
function pageOf(...states: string[]): { driver: BrowserDriver; done: string[] } {
  const done: string[] = [];
  const evaluate = async (source: string, ...args: unknown[]): Promise<unknown> => {
    if (source.includes('pressEnd')) return void done.push(`end ${String(args[0])}`);
    if (source.includes('pressIn')) return Boolean(done.push(String(args[1])));
    if (source.includes('typeSolution')) return void done.push(args.slice(1).join(' '));
    const state = states.shift() ?? '';
    if (state === 'hung') throw new Error('The task did not end.');
    return { isBusy: state === 'running', state, text: `It is ${state}.` };
  };
  const nothing = async () => undefined;
  const driver = { version: '1', open: nothing, evaluate, close: nothing } as BrowserDriver;
  return { driver, done };
}

const faultOf = async (driver: BrowserDriver, solutions?: string) => {
  const result = (await runTasks(driver, tasks(solutions))).get('make-it');
  return [result?.verdict, result?.failure?.message];
};

test('a task is started, checked, solved and checked again', async () => {
  const { driver, done } = pageOf('ready', 'running', 'not yet', 'not yet', 'not yet', 'passed');
  expect(await faultOf(driver)).toEqual(['passed', undefined]);
  expect(done).toEqual(['start', 'check', '0 0', '0 1', 'check', 'end main']);
});

test('a task that passes too early, or not after its solution, has the text of the page', async () => {
  const early = pageOf('ready', 'passed');
  expect(await faultOf(early.driver)).toEqual([
    'differs',
    'After “check”, the state of the task is “passed”: It is passed.',
  ]);
  expect(early.done.at(-1)).toBe('end main');
  const late = pageOf('ready', 'not yet', 'not yet', 'not yet', 'not yet');
  expect(await faultOf(late.driver)).toEqual([
    'differs',
    'After “check”, the state of the task is “not yet”: It is not yet.',
  ]);
});

test('the prompt takes a solution of single lines', async () => {
  const { driver, done } = pageOf('ready', 'not yet', 'not yet', 'passed');
  const lines = '  - - "mkdir /tmp/made &&\\n  true"\n  - - mkdir /tmp/made';
  expect(await faultOf(driver, lines)).toEqual(['passed', undefined]);
  expect(done).toContain('1 0');
});

test('a task that does not end is a fault of that task only', async () => {
  const { driver, done } = pageOf('hung', 'ready', 'not yet', 'not yet', 'not yet', 'passed');
  const both = [...tasks(), ...tasks()].map((task, i) => ({ ...task, id: `task-${i}` }));
  const found = await runTasks(driver, both);
  expect([...found].map(([id, { verdict, failure }]) => [id, verdict, failure?.message])).toEqual([
    ['task-0', 'differs', 'The task did not end.'],
    ['task-1', 'passed', undefined],
  ]);
  expect(done.filter((act) => act === 'end main')).toHaveLength(2);
});
