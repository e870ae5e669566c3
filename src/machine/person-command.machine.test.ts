/** A command that a person has typed, and the steps that come meanwhile, on the real machine. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SessionBusy, StepError } from './errors.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';
import { machineFolder } from '../paths.ts';
import { PROMPT, watchedTerminal } from './watched-terminal.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const { look, outputOf, run, sees, shown, type, unlook } = watchedTerminal(machine);

beforeAll(() => machine.start());
beforeEach(async () => {
  await machine.start();
  await machine.reset();
  await machine.resizeTerminal('host', { rows: 24, columns: 80 });
});
afterEach(() => unlook());
afterAll(() => machine.dispose());

describe('a person’s command', () => {
  test.each([
    ['sleep 100', 'sleep'],
    ['cat', 'cat'],
    ['top', 'top'],
  ])('%s blocks steps, and is named', async (command, name) => {
    look();
    await sees(PROMPT);
    await type(`${command}\r`);
    await expect(run('echo no')).rejects.toThrow(
      new SessionBusy(`"${name}" is running in this session. End it first.`),
    );
    expect(shown()).not.toContain('echo no');
    await type('\u0003');
    await expect.poll(() => run('echo yes').catch(() => {})).toMatchObject({ output: 'yes\n' });
  });

  test('that was typed as a step and waits for input blocks the steps of cells', async () => {
    const typed = (command: string) =>
      runWithOutput(machine, { session: 'host', command, isByPerson: true });
    expect(await typed('cat')).toMatchObject({ status: undefined });
    await expect(run('echo no')).rejects.toThrow('Your last command is waiting for input');
    expect(await typed('hello')).toMatchObject({ output: expect.stringContaining('hello') });
    await type('\u0004');
    await expect.poll(() => run('echo yes').catch(() => {})).toMatchObject({ output: 'yes\n' });
    // A cell may start a shell that reports no status. The reader's command in it does not stop the next cell.
    await run('exec cat');
    expect(await typed('one')).toMatchObject({ status: undefined });
    expect(await run('two')).toMatchObject({ status: undefined });
  });

  test('delays a step while it is about to end', async () => {
    look();
    await sees(PROMPT);
    await type('sleep 0.3; x=late\r');
    expect(await outputOf('echo $x')).toBe('late');
  });

  test('also blocks steps while it is incomplete', async () => {
    look();
    await sees(PROMPT);
    await type('for i in 1 2\r');
    await sees(/> $/);
    await expect(run('echo no')).rejects.toThrow('waits for the rest of a command');
    await type('do echo $i; done\r');
    await sees(/1\r\n2\r\n/);
  });

  test('prevents a checkpoint', async () => {
    await type('sleep 100\r', 'second');
    await expect(machine.checkpoint()).rejects.toThrow(
      new StepError('The session "second" is busy.'),
    );
    await type('\u0003', 'second');
    await expect.poll(() => machine.checkpoint().catch(() => '')).not.toBe('');
  });

  test('waits for a running step, except Ctrl-C', async () => {
    look();
    await sees(PROMPT);
    const step = run('sleep 100');
    await sees(/sleep 100/);
    await type('echo after\r');
    await type('\u0003');
    expect(await step).toMatchObject({ status: 130 });
    const next = run('sleep 0.3; echo step');
    await sees(/echo step/);
    await type('echo typed\r');
    expect(await next).toMatchObject({ output: 'step\n' });
    await sees(/typed\r\n[^]*typed\r\n/);
  });
});
