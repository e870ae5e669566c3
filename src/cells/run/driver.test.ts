import { expect, test } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import type { FakeAnswer } from '../../machine/fake-machine.ts';
import type { PageCell } from '../cell.ts';
import { Driver } from './driver.ts';
import type { Plan } from './driver.ts';

const cell = (id: string, options: Partial<PageCell> = {}): PageCell => ({
  ...{ kind: 'cell', id, after: [], machine: 'main', session: 'host', timeout: 30 },
  steps: [{ command: `run-${id}`, output: [], status: 0 }],
  ...options,
});
const [a, b, c] = [cell('a'), cell('b', { fresh: true }), cell('c')];

function setUp(answer: FakeAnswer = () => ({})) {
  const machine = new FakeMachine(answer);
  const driver = new Driver(machine, [a, b, c], () => 0);
  /** Runs a plan to its end and then keeps the state, as the page does. */
  const run = async (plan: Plan<PageCell>, signal?: AbortSignal): Promise<string[]> => {
    const verdicts: string[] = [];
    for await (const { activity, verdict } of driver.run(plan, signal && { signal })) {
      verdicts.push(`${activity.id} ${verdict}`);
    }
    await driver.keep();
    return verdicts;
  };
  return { machine, driver, run };
}

test('a plan yields each result, and ends after one that did not complete', async () => {
  const { driver, run } = setUp(({ command }) => {
    if (command === 'run-c') throw new Error('gone');
    return { output: command === 'run-b' ? 'x' : '' };
  });
  const jobs = [a, b, c, a].map((activity) => ({ activity, clean: false }));
  expect(await run({ jobs })).toEqual(['a passed', 'b differs', 'c crashed']);
  expect([...driver.done]).toEqual(['a', 'b']);
});

test('a cell that runs again keeps a person’s later input: no return and no reset', async () => {
  const { machine, driver, run } = setUp();
  await run(driver.planFor(a));
  await run(driver.planFor(c));
  machine.log.length = 0;
  machine.revision++;
  await run(driver.planFor(c));
  await run(driver.planFor(a));
  expect(machine.log.filter((act) => act !== 'checkpoint')).toEqual(['host: run-c', 'host: run-a']);
});

test('a state kept after a person’s input can be restored as usual', async () => {
  const { machine, driver, run } = setUp();
  await run(driver.planFor(a));
  machine.revision++;
  await run(driver.planFor(c));
  machine.log.length = 0;
  await run(driver.planFor(c));
  expect(machine.log).toEqual(['return', 'host: run-c', 'checkpoint']);
});

test('a stopped plan returns to a state that includes a person’s earlier input', async () => {
  const answers: FakeAnswer[] = [() => ({}), () => new Promise(() => {})];
  const { machine, driver, run } = setUp((request) => answers.shift()?.(request) ?? {});
  await run(driver.planFor(a));
  machine.revision++;
  machine.log.length = 0;
  const stop = new AbortController();
  const running = expect(run(driver.planFor(c), stop.signal)).rejects.toThrow('stopped');
  await expect.poll(() => machine.log).toEqual(['checkpoint', 'host: run-c']);
  stop.abort();
  await running;
  expect(await driver.recover()).toBe('before');
  expect(machine.log.at(-1)).toBe('return');
});

test('a fresh cell begins on a clean machine, even if only a person has changed it', async () => {
  const { machine, driver, run } = setUp();
  machine.revision++;
  await run(driver.planFor(b));
  expect(machine.log).toEqual(['checkpoint', 'reset', 'host: run-b', 'checkpoint']);
});

test('a signal ends the wait for the state that is kept before a reset', async () => {
  const { machine, driver, run } = setUp();
  await run(driver.planFor(a));
  machine.revision++;
  machine.beforeSave = () => new Promise(() => {});
  machine.log.length = 0;
  const stop = new AbortController();
  const reset = driver.reset(stop.signal);
  expect(machine.log).toEqual([]);
  stop.abort();
  await reset;
  expect(machine.log).toEqual(['reset']);
});
