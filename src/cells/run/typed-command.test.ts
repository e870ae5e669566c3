import { beforeEach, expect, test } from 'vitest';
import { acts, forgetPage, setUp } from './fake-page.ts';
import { TypedCommand } from './typed-command.ts';
import type { CommandView } from './typed-command.ts';

const shown: string[] = [];
const view: CommandView = {
  begin: () => shown.push('begin'),
  showOutput: (text) => shown.push(`output ${text}`),
  showListens: (program) => shown.push(`listens ${program}`),
  end: ({ lines, status }) => shown.push(`end ${lines.join()} ${status}`),
  fail: (reason) => shown.push(`fail ${reason}`),
};
const line = (command: string) => new TypedCommand('host', command, view);

beforeEach(() => {
  forgetPage();
  shown.length = 0;
});

test('a typed command runs after earlier requests, in the present state', async () => {
  const { machine, runner } = setUp();
  const cell = runner.run('a');
  await runner.type(line('run-x'));
  await cell;
  expect(acts(machine)).toEqual(['host: run-a', 'host: run-x']);
  expect(shown).toEqual(['begin', 'output x', 'end x 0']);
});

test('a cell that runs again does not undo a typed command', async () => {
  const { machine, runner } = setUp();
  await runner.run('a');
  await runner.run('c');
  await runner.type(line('run-x'));
  machine.log.length = 0;
  await runner.run('c');
  expect(acts(machine)).toEqual(['host: run-c']);
});

test('a machine that is off, a failure and Stop are named', async () => {
  const { machine, runner } = setUp(
    ({ command }) => (command === 'run-hang' ? new Promise(() => {}) : {}) as never,
  );
  await runner.type(line('run-x'));
  expect(shown).toEqual(['fail The machine is off. Run the cell to start it.']);
  await runner.run('a');
  shown.length = 0;
  const hung = line('run-hang');
  const running = runner.type(hung);
  const waiting = runner.type(line('run-y'));
  await expect.poll(() => machine.log.at(-1)).toBe('host: run-hang');
  hung.interrupt();
  expect(machine.log.at(-1)).toBe('interrupt');
  runner.stop();
  await Promise.all([running, waiting]);
  expect(shown).toEqual(['begin', 'fail Not run.', 'fail Stopped.']);
  shown.length = 0;
  const dead = runner.type(line('run-hang'));
  await expect.poll(() => machine.log.at(-1)).toBe('host: run-hang');
  machine.stop('The kernel panicked.');
  await dead;
  expect(shown.at(-1)).toMatch(/^fail The Linux machine has stopped\./);
});
