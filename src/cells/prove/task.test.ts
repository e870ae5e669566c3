import { expect, test } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import type { FakeAnswer } from '../../machine/fake-machine.ts';
import { parseActivities } from '../text/chapter.ts';
import { proveTasks } from './task.ts';

const page = [
  '```sh cell id=before',
  '$ chain',
  '```',
  '',
  '```yaml task id=task title=Task after=before',
  'goal: Do it {{n}} times.',
  'values: { n: { of: [one, two] } }',
  'checks:',
  '  - run: look',
  "    prints: '{{n}}'",
  '    hints:',
  '      - { id: none, when: zero, say: None. }',
  '      - { id: other, say: Another. }',
  'solutions:',
  "  - [open, 'do {{n}}']",
  "  - ['do {{n}}']",
  'mistakes:',
  '  - { run: [open, stray], hint: none }',
  '  - { run: [open], hint: none }',
  '```',
].join('\n');

/** Keeps states, as the real machine does. `done` is the last `do` that ran. */
class RememberingMachine extends FakeMachine {
  done = 'zero';
  readonly #states = new Map<string, string>();

  constructor(answer?: FakeAnswer) {
    super((request) => {
      const { command } = request;
      if (command.startsWith('do ')) this.done = command.slice(3);
      return answer?.(request) ?? { output: command === 'look' ? `${this.done}\n` : '' };
    });
  }

  override async reset(): Promise<void> {
    this.done = 'zero';
    await super.reset();
  }

  override async checkpoint(): Promise<string> {
    const id = await super.checkpoint();
    this.#states.set(id, this.done);
    return id;
  }

  override async returnTo(id: string): Promise<boolean> {
    const isKept = await super.returnTo(id);
    if (isKept) this.done = this.#states.get(id) ?? 'lost';
    return isKept;
  }
}

async function prove(machine: FakeMachine) {
  await machine.start();
  const findings = [];
  for await (const finding of proveTasks(machine, parseActivities('x.mdx', page)))
    findings.push(finding);
  return {
    verdicts: findings.map(({ pass, verdict }) => `${pass.slice(6)}: ${verdict}`),
    runs: machine.log.filter((entry) => entry.includes(': ')),
  };
}

const trials = (n: string) =>
  ['before', 'solution 1', 'solution 2', 'mistake 1', 'mistake 2'].map(
    (name) => `${name}, n=${n}: passed`,
  );

test('trials share the commands with which they begin, and trials with the same commands share their result', async () => {
  const { verdicts, runs } = await prove(new RememberingMachine());
  expect(verdicts).toEqual([...trials('one'), ...trials('two')]);
  expect(runs).toEqual([
    ...['host: chain', 'check: look'],
    ...['host: open', 'host: do one', 'check: look'],
    ...['host: do one', 'check: look'],
    ...['host: stray', 'check: look', 'check: look'],
    ...['host: do two', 'check: look'],
    ...['host: do two', 'check: look'],
  ]);
});

test('where no state is kept, each trial begins anew', async () => {
  const machine = new RememberingMachine();
  machine.keeps = () => false;
  const { verdicts, runs } = await prove(machine);
  expect(verdicts).toEqual([...trials('one'), ...trials('two')]);
  const chain = ['host: chain'];
  expect(runs).toEqual([
    ...[...chain, 'check: look'],
    ...[...chain, 'host: open', 'host: do one', 'check: look'],
    ...[...chain, 'host: do one', 'check: look'],
    ...[...chain, 'host: open', 'host: stray', 'check: look'],
    ...[...chain, 'host: open', 'check: look'],
    ...[...chain, 'host: open', 'host: do two', 'check: look'],
    ...[...chain, 'host: do two', 'check: look'],
  ]);
});

test('a command that fails ends the trials that contain it, and no others', async () => {
  const machine = new RememberingMachine(({ command }) =>
    command === 'stray' ? Promise.reject(new Error('too long')) : (undefined as never),
  );
  const { verdicts, runs } = await prove(machine);
  expect(verdicts.filter((verdict) => !verdict.endsWith('passed'))).toEqual([
    'mistake 1, n=one: crashed',
    'mistake 1, n=two: crashed',
  ]);
  expect(runs.filter((run) => run === 'host: stray')).toHaveLength(1);
});
