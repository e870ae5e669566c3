/** A page without a DOM: three cells and their states. For tests. */
import { expect } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import type { PageCell } from '../cell.ts';
import type { ActivityView } from './activity-view.ts';
import { PlanRunner } from './plan-runner.ts';
import { PageRunner } from './page-runner.ts';

export const cell = (id: string, after: string[] = []): PageCell => ({
  kind: 'cell',
  id,
  after,
  machine: 'main',
  session: 'host',
  timeout: 30,
  steps: [{ command: `run-${id}`, output: [id], status: 0 }],
});
export const cells = [cell('a'), cell('b', ['a']), cell('c')];

/** The states that cells have taken, as `id state`, and the cells that are marked as stale. */
export const states: string[] = [];
export const stale = new Set<string>();

export function forgetPage(): void {
  states.length = 0;
  stale.clear();
}

const view = (id: string): ActivityView => ({
  showState: (state) =>
    states.push(`${id} ${state.name === 'ended' ? state.result.verdict : state.name}`),
  showStep: () => {},
  showOutput: () => {},
  showListens: () => {},
  showOutcome: () => {},
  showStale: (isStale) => void (isStale ? stale.add(id) : stale.delete(id)),
});

export const surroundings = { view, now: () => 0, loadPlans: async () => PlanRunner };

/** The machine's log, without kept states. */
export const acts = ({ log }: FakeMachine) => log.filter((act) => act !== 'checkpoint');

export function setUp(
  answer = ({ command }: { command: string }) => ({ output: command.slice(4) }),
) {
  const machine = new FakeMachine(answer);
  return { machine, runner: new PageRunner(machine, cells, surroundings) };
}

/** Runs `a`, and then `c`, whose step does not end; from `endSteps` on, steps end again. */
export async function runThenHold() {
  let answer: () => object = () => ({});
  const { machine, runner } = setUp(() => answer() as never);
  await runner.run('a');
  answer = () => new Promise<never>(() => {});
  const running = runner.run('c');
  await expect.poll(() => acts(machine)).toEqual(['host: run-a', 'host: run-c']);
  return { machine, runner, running, endSteps: () => (answer = () => ({})) };
}
