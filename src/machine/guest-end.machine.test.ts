/** A guest that stops, that does not answer, or whose kernel kills a process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MachineError, StepInterrupted } from './errors.ts';
import type { KernelNotice } from './kernel-notices.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';
import { machineFolder } from '../paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = (command: string) => runWithOutput(machine, { session: 'host', command });
const outputOf = async (command: string): Promise<string> => (await run(command)).output.trim();

beforeAll(() => machine.start());
afterAll(() => machine.dispose());

test.each([
  ['poweroff', 'The machine was switched off.'],
  ['poweroff -f', 'The machine was switched off.'],
  ['halt -f', 'The machine was halted.'],
  ['reboot', 'The machine was told to restart.'],
  ['echo c > /proc/sysrq-trigger', 'The kernel panicked.'],
])('%s is detected, and the state before it can be restored', async (command, message) => {
  await run('touch /tmp/kept');
  const before = await machine.checkpoint();
  await expect(run(command)).rejects.toThrow(message);
  expect(machine.state).toEqual({ name: 'stopped', message });
  await expect(run('true')).rejects.toThrow(MachineError);
  expect(await machine.returnTo(before)).toBe(true);
  expect(await outputOf('ls /tmp/kept')).toBe('/tmp/kept');
  await expect(run(command)).rejects.toThrow(message);
  await machine.start();
  expect(await outputOf('ls /tmp/kept')).toBe(
    "ls: cannot access '/tmp/kept': No such file or directory",
  );
});

test('a process that the kernel kills is reported', async () => {
  const notices: KernelNotice[] = [];
  const unsubscribe = machine.onNotice((notice) => notices.push(notice));
  expect(await run(`awk 'BEGIN { while (1) x = x "more" x }'`)).toMatchObject({
    status: 137,
  });
  await expect.poll(() => notices).toMatchObject([{ of: 'machine', program: 'awk' }]);
  unsubscribe();
});

test('a guest that is too busy to answer is silent, and its state before that can be restored', async () => {
  const before = await machine.checkpoint();
  const states: string[] = [];
  const unsubscribe = machine.subscribe((state) =>
    states.push(state.name === 'busy' && state.silent ? 'silent' : state.name),
  );
  await run('bomb() { bomb | bomb & }; bomb');
  await expect.poll(() => states, { timeout: 60_000 }).toContain('silent');
  const stop = new AbortController();
  const kept = expect(machine.checkpoint({ signal: stop.signal })).rejects.toThrow(StepInterrupted);
  stop.abort();
  await kept;
  expect(await machine.returnTo(before)).toBe(true);
  expect(machine.state.name).toBe('ready');
  expect(await outputOf('pgrep -c bash')).toBe('1');
  unsubscribe();
});
