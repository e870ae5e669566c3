/** The features of cells, on the real machine. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalMachine } from '../../machine/local-machine.ts';
import { nodeEffects } from '../../machine/node-machine.ts';
import { parseActivities, parseChapter } from '../text/chapter.ts';
import { describeFinding } from '../prove/finding.ts';
import type { Finding } from '../prove/finding.ts';
import type { Activity } from '../activity.ts';
import { runActivity } from './run-activity.ts';
import { proveTasks } from '../prove/task.ts';
import { proveAlone, proveInOrder } from '../prove/verify.ts';
import { machineFolder } from '../../paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const fence = (meta: string, ...lines: string[]): string =>
  ['```sh cell id=a ' + meta, ...lines, '```'].join('\n');

/** The faults of a cell; empty when it is as printed. */
function faultOf(page: readonly Activity[], finding: Finding): string {
  const activity = page.find(({ id }) => id === finding.id);
  return (activity && describeFinding(activity, finding).fault) ?? '';
}

/** The faults of the cells of a page, each run alone, and of its tasks. */
async function faultsOf(page: string): Promise<string> {
  const faults: string[] = [];
  const activities = parseActivities('x.mdx', page);
  for (const prove of [proveAlone, proveTasks]) {
    for await (const finding of prove(machine, activities)) {
      faults.push(faultOf(activities, finding));
    }
  }
  return faults.join('');
}

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

const guide = readFileSync('content/README.md', 'utf8');
const examples = [...guide.matchAll(/^````md\n([^]*?)\n````$/gm)].map(([, text = '']) => text);

test.each(examples)('an example in the authors’ guide is as printed: %s', async (text) => {
  expect(parseActivities('content/README.md', text).length).toBeGreaterThan(0);
  expect(await faultsOf(text)).toBe('');
});

test('a fresh cell finds no trace of the cells above it, and a cell below finds those that it names', async () => {
  const page = [
    fence('', '$# touch /tmp/a', '$ ls /tmp/a', '/tmp/a'),
    fence('fresh', '$ ls /tmp/a', "ls: cannot access '/tmp/a': No such file or directory", '[2]'),
    fence('after=a', '$ ls /tmp/a', '/tmp/a'),
  ].map((text, i) => text.replace('id=a', `id=${'abc'[i] ?? ''}`));
  const faults: string[] = [];
  const activities = parseChapter('x.mdx', page.join('\n'));
  for await (const finding of proveInOrder(machine, activities)) {
    faults.push(faultOf(activities, finding));
  }
  expect(faults).toEqual(['', '', '']);
});

describe('interrupt', () => {
  test('presses Ctrl-C once the output contains the pattern, including matchers', async () => {
    const page = fence(
      'interrupt="step <number> of 9"',
      "$ printf 'step 1 '; sleep 0.3; printf 'of 9'; sleep 1000",
      'step 1 of 9',
      '[130]',
      '$ echo the session goes on',
      'the session goes on',
    );
    expect(await faultsOf(page)).toBe('');
  });

  test('ends a loop each time, and the session continues each time', async () => {
    const loop = ['$ while :; do echo go; sleep 0.05; done', 'go', '...', '[130]'];
    const echo = ['$ echo $?', '130', '$ echo on', 'on'];
    const page = fence(
      'interrupt=go',
      ...Array.from({ length: 5 }, () => [...loop, ...echo]).flat(),
    );
    expect(await faultsOf(page)).toBe('');
  });

  test('does not interrupt a step that ends by itself', async () => {
    expect(await faultsOf(fence('interrupt=never', '$ echo once', 'once'))).toBe('');
  });

  test('that does not end the step ends at the time limit', async () => {
    const page = fence(
      'timeout=1 interrupt=go',
      "$ trap '' INT; echo go; sleep 1000",
      'go',
      '[130]',
    );
    expect(await faultsOf(page)).toContain('The step took longer than 1 s.');
  });
});

describe('a step in the background', () => {
  const cell = (...lines: string[]) => parseChapter('x.mdx', fence('', ...lines))[0];

  test('is announced with number and PID, and its end in a later step', async () => {
    const page = fence(
      '',
      '$ sleep 0.2 &',
      '[<number>] <pid>',
      '$ sleep 0.5',
      '[<number>]+  Done                    sleep 0.2',
    );
    expect(await faultsOf(page)).toBe('');
  });

  test('is announced with another PID each time, so a fixed number would not match', async () => {
    const [one, two] = [cell('$ sleep 7 &'), cell('$ true', '$ bash -c true', '$ sleep 7 &')];
    if (!one || !two) throw new Error('no cell');
    const first = (await runActivity(machine, one))[0]?.lines;
    await machine.reset();
    const second = (await runActivity(machine, two)).at(-1)?.lines;
    expect(first).toEqual([expect.stringMatching(/^\[1\] \d+$/)]);
    expect(second).toEqual([expect.stringMatching(/^\[1\] \d+$/)]);
    expect(second).not.toEqual(first);
  });

  test('in parentheses is not announced at all', async () => {
    const page = fence(
      '',
      ...[
        '$ (sleep 1000 &)',
        '$ pgrep -c sleep',
        '1',
        '$ pkill sleep',
        '$ pgrep -c sleep',
        '0',
        '[1]',
      ],
    );
    expect(await faultsOf(page)).toBe('');
  });

  test('does not prevent the end of the step, whatever it prints', async () => {
    const page = fence('', '$ (while sleep 0.1; do echo tick; done &) ; echo over', 'over', '...');
    expect(await faultsOf(page)).toBe('');
  });
});
