import { expect, test, vi } from 'vitest';
import type { PageCell } from '../../cells/cell.ts';
import { PlanRunner } from '../../cells/run/plan-runner.ts';
import { FakeMachine } from '../../machine/fake-machine.ts';
import { Machines } from './machines.ts';
import type { ActivityElement, Admission, PageMachine } from './machines.ts';

const cell = (id: string, machine: string): PageCell => ({
  ...{ kind: 'cell', id, after: [], machine, session: 'host', timeout: 30 },
  steps: [{ command: `run-${id}`, output: [], status: 0 }],
});

/** A page with a cell on each of two machines. */
function setUp(room = 2, answer: () => object = () => ({}), mayFetchAhead = true) {
  const fakes: FakeMachine[] = [];
  const states: string[] = [];
  const elements = [cell('a', 'main'), cell('b', 'peer')].map((activity): ActivityElement => ({
    activity,
    showState: (state) =>
      states.push(`${activity.id} ${state.name === 'ended' ? state.result.verdict : state.name}`),
    showStep: () => {},
    showOutput: () => {},
    showListens: () => {},
    showOutcome: () => {},
    showStale: () => {},
  }));
  const machines = new Machines({
    create: () => {
      const fake = new FakeMachine(() => answer() as never);
      fakes.push(fake);
      return fake;
    },
    room: () => room,
    find: ({ name }) => elements.filter(({ activity }) => activity.machine === name),
    now: () => 0,
    loadPlans: async () => PlanRunner,
    mayFetchAhead: () => mayFetchAhead,
  });
  const [main, peer] = [machines.get('course', 'main'), machines.get('course', 'peer')];
  return { machines, main, peer, fakes, states };
}

/** Answers and records each question of a machine. */
function answerWith(machine: PageMachine, agreed: boolean): Admission[] {
  const asked: Admission[] = [];
  machine.ask = async (admission) => {
    asked.push(admission);
    return agreed;
  };
  return asked;
}

test('the same image and name give the same machine', () => {
  const { machines, main, peer } = setUp();
  expect(machines.get('course', 'main')).toBe(main);
  expect(machines.get('other', 'main')).not.toBe(main);
  expect(machines.all.slice(0, 2)).toEqual([main, peer]);
});

test('each machine runs its own cells, and the second one once the reader agrees', async () => {
  const { main, peer, fakes, states } = setUp();
  const asked = [answerWith(main, false), answerWith(peer, true)];
  await main.runner.runAll();
  await peer.runner.runAll();
  await peer.runner.run('b');
  expect(asked).toEqual([[], [{ kind: 'beside' }]]);
  expect(fakes.map(({ log }) => log.filter((act) => act.startsWith('host')))).toEqual([
    ['host: run-a'],
    ['host: run-b', 'host: run-b'],
  ]);
  expect(states.filter((state) => state.endsWith('passed'))).toEqual([
    ...['a passed', 'b passed', 'b passed'],
  ]);
});

test('a reader who declines has no second machine, and is asked again later', async () => {
  const { main, peer, states } = setUp();
  await main.start();
  const asked = answerWith(peer, false);
  await peer.runner.run('b');
  await expect(peer.start()).rejects.toThrow('was not started');
  expect(peer.state.name).toBe('idle');
  expect(states).toEqual(['b queued', 'b stopped']);
  expect(asked).toHaveLength(2);
});

test('Stop withdraws the question', async () => {
  const { main, peer, states } = setUp();
  await main.start();
  peer.ask = (_, signal) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(false)));
  const running = peer.runner.run('b');
  peer.runner.stop();
  await running;
  expect(states.at(-1)).toBe('b stopped');
});

test('with room for one machine, the first ends before the second starts', async () => {
  const { main, peer, fakes } = setUp(1);
  await main.start();
  const asked = answerWith(peer, true);
  const states: string[] = [];
  peer.subscribe(({ name }) => states.push(`peer ${name}`));
  main.subscribe(({ name }) => states.push(`main ${name}`));
  await peer.start();
  expect(asked).toMatchObject([{ kind: 'instead', others: [{ name: 'main' }] }]);
  expect(states.slice(2)).toEqual(['main idle', 'peer ready']);
  expect(fakes[0]?.state.name).toBe('failed');
});

test('an ended machine is as before its first start, and frees its room', async () => {
  const { main, peer, states } = setUp(1, () => new Promise(() => {}));
  const running = main.runner.run('a');
  await expect.poll(() => main.state.name).toBe('busy');
  expect(peer.admission.kind).toBe('instead');
  await main.end();
  await running;
  expect(states.at(-1)).toBe('a stopped');
  expect([main.state.name, main.isOn, peer.admission.kind]).toEqual(['idle', false, 'alone']);
  await main.start();
  expect(main.state.name).toBe('ready');
});

test('a failed machine takes no room, and shows its failure', async () => {
  const { main, peer, fakes } = setUp(1);
  await main.start();
  fakes[0]?.fail('GuestStopped');
  expect(main.state).toMatchObject({ name: 'failed', failure: 'GuestStopped' });
  expect(peer.admission.kind).toBe('alone');
});

test('of two machines requested at once, only one is the first', async () => {
  const { main, peer } = setUp();
  const asked = answerWith(peer, true);
  await Promise.all([main.start(), peer.start()]);
  expect(asked).toEqual([{ kind: 'beside' }]);
});

test('a hidden page pauses all machines', async () => {
  const { machines, fakes } = setUp();
  const [first, second] = fakes.map((fake) => vi.spyOn(fake, 'pause'));
  first?.mockRejectedValue(new Error('gone'));
  await machines.setPaused(true);
  expect([first?.mock.calls.length, second?.mock.calls.length]).toEqual([1, 1]);
});

test('the files of the first machine are downloaded ahead, and those of the last one are kept', () => {
  const { main, peer, fakes } = setUp();
  const giveUp = main.fetchAhead();
  expect(fakes.map(({ callers }) => callers)).toEqual([1, 0]);
  expect(main.isOn).toBe(false);
  giveUp();
  main.fetchAhead();
  peer.fetchAhead();
  expect(fakes.map(({ callers }) => callers)).toEqual([0, 1]);
});

test('nothing is downloaded ahead for a machine that is on, or needs a question', async () => {
  const { main, peer, fakes } = setUp();
  peer.fetchAhead();
  await main.start();
  main.fetchAhead();
  peer.fetchAhead();
  expect(fakes.map(({ callers }) => callers)).toEqual([0, 0]);
});

test('nothing is downloaded ahead where data is to be saved, and a hidden page keeps nothing', async () => {
  const saving = setUp(2, undefined, false);
  saving.main.fetchAhead();
  expect(saving.fakes[0]?.callers).toBe(0);
  const { machines, main, fakes } = setUp();
  main.fetchAhead();
  await machines.setPaused(true);
  expect(fakes[0]?.callers).toBe(0);
});
