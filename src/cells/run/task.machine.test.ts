/** Tasks on the real machine: a check changes nothing, and a task's proof finds what is wrong with it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LocalMachine } from '../../machine/local-machine.ts';
import type { Machine } from '../../machine/machine.ts';
import { nodeEffects } from '../../machine/node-machine.ts';
import { machineFolder } from '../../paths.ts';
import { describeFinding, printProofs } from '../prove/finding.ts';
import type { Finding } from '../prove/finding.ts';
import { proveTasks } from '../prove/task.ts';
import { toPageTask } from '../task.ts';
import type { Task } from '../task.ts';
import { parseActivities } from '../text/chapter.ts';
import { runTask } from './run-task.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));

const text = `\`\`\`sh cell id=folder
$ mkdir /tmp/made
\`\`\`

\`\`\`yaml task id=files title="Make files" after=folder
goal: Make {{count}} files in \`/tmp/made\`.
values:
  count: { from: 2, to: 4 }
checks:
  - run: ls /tmp/made | wc -l
    prints: '{{count}}'
    hints:
      - id: none
        when: '0'
        say: There are none.
      - id: other-count
        say: There are others.
solutions:
  - - touch /tmp/made/{1..{{count}}}
  - - for i in $(seq {{count}}); do echo > /tmp/made/$i; done
mistakes:
  - run: [touch /tmp/1]
    hint: none
  - run: [touch /tmp/made/1]
    hint: other-count
\`\`\`
`;

function taskOf(page: string): Task {
  const task = parseActivities('x.mdx', page).find((activity) => activity.kind === 'task');
  if (!task) throw new Error('no task');
  return task;
}

async function outputOf(on: Machine, command: string, session = 'host'): Promise<string> {
  let output = '';
  await on.run({ session, command }, { onOutput: (more) => (output += more) });
  return output;
}

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

/** The number that the next process gets, the processes, and the files. */
async function look(): Promise<string[]> {
  return [
    await outputOf(machine, "bash -c 'echo $$'"),
    // Without kernel threads, which come and go by themselves, and without columns that only show whether a process is running.
    await outputOf(machine, 'ps --ppid 2 --deselect -o pid,ppid,sid,tty,args --no-headers'),
    await outputOf(machine, 'ls -lR --time-style=full-iso /tmp /run; find /sys/fs/cgroup'),
    await outputOf(machine, 'hostname; echo $x; pwd'),
  ];
}

test('a check that writes, makes groups and starts processes leaves no trace of itself', async () => {
  const task = toPageTask(taskOf(text));
  const run =
    'touch /tmp/by-the-check; mkdir /sys/fs/cgroup/checked; for i in 1 2 3; do sleep 1000 & done; hostname other; false';
  const [check] = task.checks;
  if (!check) throw new Error('no check');
  await outputOf(machine, 'mkdir /tmp/made; cd /tmp/made; x=kept; (sleep 1000 &)');
  const kept = await machine.checkpoint();
  const before = await look();
  await machine.returnTo(kept);
  const outcomes = await runTask(machine, {
    ...task,
    checks: [{ ...check, run, prints: undefined }],
  });
  expect(outcomes).toMatchObject([{ matches: false, status: 1 }]);
  expect(await look()).toEqual(before);
  expect(before.at(-1)).toBe('machine\nkept\n/tmp/made\n');
  // The same commands do leave traces where nothing returns.
  await outputOf(machine, run);
  expect(await look()).not.toEqual(before);
});

test('while a program runs in a session, nothing is checked, and the session is named', async () => {
  await machine.writeTerminal('host', 'sleep 100\n');
  await expect
    .poll(() => outputOf(machine, 'pgrep -c -x sleep', 'second'), { timeout: 20_000 })
    .toBe('1\n');
  const checking = runTask(machine, toPageTask(taskOf(text)));
  await expect(checking).rejects.toThrow('still running in session “outside”');
});

test('where no process can be started, the check says so, and the machine is as before', async () => {
  await outputOf(machine, 'echo $$ > /tmp/shell; echo 30 > /proc/sys/kernel/threads-max');
  const checking = runTask(machine, toPageTask(taskOf(text)));
  await expect(checking).rejects.toThrow('cannot start another process');
  expect(
    await outputOf(machine, 'echo $$ | cmp - /tmp/shell; echo 3000 > /proc/sys/kernel/threads-max'),
  ).not.toContain('differ');
});

async function prove(page: string): Promise<{ findings: Finding[]; printed: string }> {
  const activities = parseActivities('x.mdx', page);
  const findings: Finding[] = [];
  for await (const finding of proveTasks(machine, activities)) findings.push(finding);
  const task = taskOf(page);
  const proofs = findings.map((finding) => describeFinding(task, finding));
  return { findings, printed: printProofs(task, proofs) };
}

test('a task is proved with both ends of its range and one value between', async () => {
  const { findings, printed } = await prove(text);
  expect(printed).toBe('');
  expect(findings.map(({ pass }) => pass)).toEqual(
    ['2', '4', '3'].flatMap((count) =>
      ['before', 'solution 1', 'solution 2', 'mistake 1', 'mistake 2'].map(
        (name) => `task: ${name}, count=${count}`,
      ),
    ),
  );
});

test.each([
  [
    'a solution that does not pass',
    'seq {{count}}',
    'seq 1',
    'x.mdx:20  solution 2, count=2',
    ['This solution does not pass', '- 2', '+ 1', 'hint "other-count"'],
  ],
  [
    'another hint than expected',
    'touch /tmp/1]',
    'touch /tmp/made/9]',
    'x.mdx:22  mistake 1',
    ['The hint "none" is expected, but the reader gets "other-count"'],
  ],
  [
    'a mistake that passes',
    '[touch /tmp/made/1]',
    "['touch /tmp/made/{1..{{count}}}']",
    'x.mdx:24  mistake 2',
    ['All checks pass after this mistake'],
  ],
  [
    'checks that pass before',
    "prints: '{{count}}'",
    "prints: '...'",
    'x.mdx:5  before',
    ['All checks pass before anything is done'],
  ],
  [
    'a cell before it that cannot run',
    '$ mkdir',
    '$ mkdir "',
    'x.mdx:5  before',
    ['it comes after "folder"'],
  ],
])('its proof finds %s', async (_, from, to, place, words) => {
  // Two sets of values take less time than three.
  const shorter = text.replace('{ from: 2, to: 4 }', "{ of: ['2', '3'] }");
  const { printed } = await prove(shorter.replace(from, to));
  expect(printed).toContain(place);
  for (const word of words) expect(printed).toContain(word);
});
