/** Steps and a person share one shell, on the real machine. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StepTimeout } from './errors.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import type { MachineState } from './state.ts';
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

describe('a person', () => {
  test('sees the prompt and the echo, and a step sees neither', async () => {
    look();
    await sees(PROMPT);
    await type('echo one\r');
    await sees(/^echo one\r\n[^]*one\r\n[^]*\$ $/);
    expect(await run('echo two; stty -a | grep -o -- "-echo "')).toMatchObject({
      output: 'two\n-echo \n',
      status: 0,
    });
    await sees(/\$ echo two;.*\r\ntwo\r\n-echo \r\n[^]*\$ $/);
    await type('stty -a | grep -o " echo "\r');
    await sees(/\r\n echo \r\n/);
  });

  test('and a step share one shell: variables, directory, jobs and status', async () => {
    look();
    await sees(PROMPT);
    await type('cd /tmp; x=1; sleep 1000 &\r');
    await sees(/\[1\] \d+\r\n[^]*\$ $/);
    await type('(exit 7)\r');
    await sees(PROMPT);
    expect(await outputOf('echo $? $PWD $x; jobs')).toMatch(
      /^7 \/tmp 1\n\[1\]\+ {2}Running {17}sleep 1000 &$/,
    );
    await outputOf('y=2; (exit 5)');
    await type('echo $? $y\r');
    await sees(/\r\n5 2\r\n/);
  });

  test('has line editing: Tab completes, arrows find typed lines and steps', async () => {
    await outputOf('echo from a step');
    look();
    await sees(PROMPT);
    await type('ls -d /etc/bash.b\t');
    await sees(/bash\.bashrc/);
    await type('\r');
    await sees(/\r\n\/etc\/bash\.bashrc\r\n/);
    await type('\u001b[A\u001b[A\r');
    await sees(/echo from a step[^]*\r\nfrom a step\r\n/);
  });

  test('has the words of a program completed at the first Tab', async () => {
    look();
    await sees(PROMPT);
    await type('ip lin\t');
    await sees(/ip link /);
    await type('show lo\r');
    await sees(/\r\n1: lo: </);
  });

  test('reads why a usual program is missing', async () => {
    look();
    await sees(PROMPT);
    await type('apt update\r');
    await sees(/bash: apt: command not found\r\n\(apt is missing: [^\n]*no network\.\)\r\n/);
  });

  test('loses a line that was not sent, and no step sees it', async () => {
    look();
    await sees(PROMPT);
    await type('echo half');
    await sees(/echo half/);
    expect(await run('echo whole')).toMatchObject({ output: 'whole\n', status: 0 });
    await sees(/\r\nwhole\r\n[^]*\$ $/);
    await type('\u0019\r'); // Ctrl-Y pastes the line that Ctrl-U has cleared
    await sees(/\r\nhalf\r\n/);
  });

  test('sets the size, also for later shells and states; steps keep theirs', async () => {
    look();
    await sees(PROMPT);
    await machine.resizeTerminal('host', { rows: 30, columns: 100 });
    const sizes = async () => {
      await type('echo typed $(stty size)\r');
      const size = await sees(/\r\ntyped \d+ \d+\r\n[^]*\$ $/);
      return [/\d+ \d+/.exec(size)?.[0], await outputOf('stty size')];
    };
    expect(await sizes()).toEqual(['30 100', '24 80']);
    const kept = await machine.checkpoint();
    await machine.resizeTerminal('host', { rows: 10, columns: 20 });
    expect(await sizes()).toEqual(['10 20', '24 80']);
    await machine.returnTo(kept);
    await sees(PROMPT);
    expect(await sizes()).toEqual(['10 20', '24 80']);
    await type('exit 3\r');
    await sees(/\[The shell exited with status 3\. Press Enter to start a new one\.\]\r\n/);
    expect(await sizes()).toEqual(['10 20', '24 80']);
  });

  test('sees a prompt on an empty screen after a reset', async () => {
    look();
    await sees(PROMPT);
    await type('x=1\r');
    await sees(PROMPT);
    await machine.reset();
    await sees(/^\u001bc\$ $/); // eslint-disable-line no-control-regex
    await type('echo ${x:-gone}\r');
    await sees(/\r\ngone\r\n/);
  });

  test.each(['dash', 'busybox sh'])('and steps also share a nested %s', async (shell) => {
    look();
    await sees(PROMPT);
    await type(`${shell}\r`);
    await sees(PROMPT);
    await type('x=1; (exit 3)\r');
    await sees(PROMPT);
    expect(await run('echo $? $x')).toMatchObject({ output: '3 1\n', status: 0 });
    await sees(/3 1\r\n[^]*\$ $/);
    await type('echo again\r');
    await sees(/^echo again\r\n[^]*again\r\n/);
    expect(await run('exit 4')).toMatchObject({ status: 4 });
    expect(await run('echo $0')).toMatchObject({ output: 'bash\n', status: 0 });
  });

  test.each([80, 100])(
    'shares the shell of a container with steps, at %i columns',
    async (columns) => {
      // The container's shell has a terminal of its own.
      await machine.resizeTerminal('host', { rows: 24, columns });
      await run('lxc-create -n c1 -t busybox -- --busybox-path=/bin/busybox; lxc-start -n c1');
      look();
      await sees(PROMPT);
      await type('lxc-attach -n c1 -- /bin/sh\r');
      await sees(PROMPT);
      await type('x=1\r');
      await sees(PROMPT);
      expect(await run('echo $x; hostname')).toMatchObject({ output: '1\nc1\n', status: 0 });
      await sees(/\$ echo \$x; hostname\r+\n1\r+\nc1\r+\n[^]*\$ $/);
      await type('exit\r');
      await sees(PROMPT);
      expect(await run('echo $0')).toMatchObject({ output: 'bash\n', status: 0 });
    },
  );

  test('can turn the echo on for a step, and the next step has none', async () => {
    await run('stty echo');
    expect(await run('echo one')).toMatchObject({ output: 'one\n', status: 0 });
    expect(await run('cat <<END\na\tb\nEND')).toMatchObject({ output: 'a\tb\n', status: 0 });
  });
});

test('a person’s input is counted', async () => {
  const { revision } = machine;
  const seen: number[] = [];
  const end = machine.onRevision((value) => seen.push(value - revision));
  await run('true');
  await machine.checkpoint();
  expect(machine.revision).toBe(revision);
  await type('x');
  await machine.putFile('/tmp/file', new Uint8Array(1));
  end();
  expect(seen).toEqual([0, 1, 2]);
});

test('sessions run in parallel, and a reset waits for none', async () => {
  const states: MachineState[] = [];
  const end = machine.subscribe((state) => states.push(state));
  const ended: string[] = [];
  await Promise.all([
    run('sleep 1', 'host').then(() => ended.push('host')),
    run('true', 'second').then(() => ended.push('second')),
  ]);
  end();
  expect(ended).toEqual(['second', 'host']);
  expect(states).toContainEqual({ name: 'busy', sessions: ['host', 'second'] });
  const running = expect(run('sleep 100')).rejects.toThrow('The machine was reset.');
  await machine.reset();
  await running;
});

test('a process that survives SIGKILL ends only its own session', async () => {
  await run('kept=1', 'second');
  await run('kept=1; mount /scratch; fsfreeze --freeze /scratch');
  const stuck = runWithOutput(machine, {
    session: 'host',
    command: 'echo x > /scratch/x', // the shell itself waits for the file system, uninterruptibly
    timeout: 300,
  });
  await expect(stuck).rejects.toThrow(StepTimeout);
  expect(await outputOf('echo $kept; ps -o stat= -C bash | grep -c D', 'second')).toBe('1\n1');
  expect(await outputOf('echo ${kept:-new}')).toBe('new');
  await run('fsfreeze --unfreeze /scratch');
});

test('a state can be saved right after a return, with a person watching', async () => {
  look();
  await sees(PROMPT);
  const kept = await machine.checkpoint();
  for (let i = 0; i < 3; i++) {
    expect(await machine.returnTo(kept)).toBe(true);
    await machine.checkpoint();
  }
});

test('a return that keeps what terminals show neither clears them nor prints their prompts again', async () => {
  look();
  await sees(PROMPT);
  await type('echo before; x=1\r');
  await sees(/before\r\n\$ $/);
  const checkpoint = await machine.checkpoint();
  await run('x=2', 'check');
  await machine.returnTo(checkpoint, { forget: true, keepScreens: true });
  expect(shown()).toBe('');
  // A line that was typed but not sent stays, too.
  await type('echo x=');
  await sees(/echo x=$/);
  const unsent = await machine.checkpoint();
  await machine.returnTo(unsent, { keepScreens: true });
  await type('$x\r');
  expect(await sees(/^\$x\r\nx=1\r\n\$ $/)).toBe('$x\r\nx=1\r\n$ ');
  // Another watcher gets the text from before.
  look();
  expect(shown()).toMatch(/before\r\n\$ echo x=\$x\r\nx=1\r\n\$ $/);
});
