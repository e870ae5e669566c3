/** A step ends exactly when its shell waits for input again, whatever the kind of shell. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalMachine } from '../local-machine.ts';
import { nodeEffects } from '../node-machine.ts';
import { runWithOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = async (command: string) => {
  const { output, status } = await runWithOutput(machine, {
    session: 'host',
    command,
    timeout: 60_000,
  });
  return { output: output.trimEnd(), status };
};
const small = [
  'mkdir -p /tmp/root/bin /tmp/root/proc /tmp/root/dev; cp /bin/busybox /tmp/root/bin/',
  'for name in sh echo sleep cat true stty; do ln -s busybox /tmp/root/bin/$name; done',
].join('\n');

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

/** The commands for every shell; `unknown` if it does not report their exit status. */
async function behavesAsShell(unknown = false): Promise<void> {
  const status = (value: number) => (unknown ? undefined : value);
  expect(await run('echo one; sleep 0.3; echo two')).toMatchObject({ status: status(0) });
  const { output } = await run('echo one; sleep 0.3; echo two');
  expect(output).toMatch(unknown ? /^one\ntwo\n/ : /^one\ntwo$/);
  expect(await run('(exit 7)')).toMatchObject({ status: status(7) });
  if (unknown) return;
  expect(await run('(exit 7)')).toEqual({ output: '', status: 7 });
  expect(await run('true')).toEqual({ output: '', status: 0 });
  expect(await run('for i in 1 2\ndo echo $i\ndone')).toEqual({ output: '1\n2', status: 0 });
  expect(await run('cat <<END\na\nEND')).toEqual({ output: 'a', status: 0 });
}

describe('a step in', () => {
  test.each(['bash', 'dash', 'busybox sh', 'su reader', 'setsid --ctty --wait bash'])(
    '%s',
    async (shell) => {
      expect(await run(shell)).toMatchObject({ status: 0 });
      expect((await run('echo $SHLVL $0')).output).not.toBe('1 bash');
      await behavesAsShell();
      expect((await run('exit 3')).status).toBe(3);
      expect(await run('echo $SHLVL $0')).toEqual({ output: '1 bash', status: 0 });
    },
  );

  test('nested unshare', async () => {
    await run('unshare --pid --fork --mount-proc sh');
    await run('unshare --uts --mount --pid --fork bash');
    await behavesAsShell();
  });

  test('chroot with busybox sh', async () => {
    await run(small);
    await run('chroot /tmp/root /bin/sh');
    await behavesAsShell();
  });

  test('nsenter', async () => {
    await run('unshare --pid --fork --mount-proc sleep 1000 & sleep 0.5');
    await run('nsenter --target $(pgrep -nx sleep) --pid --mount dash');
    expect(await run('echo $$')).not.toEqual({ output: '1', status: 0 });
    await behavesAsShell();
  });

  test.each([
    'env -i bash',
    'PS1="ns2# " unshare --time -- bash --norc',
    'PS1= bash --norc --noprofile',
    "PS1='$ '",
    'exec bash',
    'exec chroot / sh',
    'sudo bash',
    'su - reader',
  ])('%s', async (command) => {
    expect(await run(command)).toEqual({ output: '', status: 0 });
    await behavesAsShell();
  });
});

describe('a container', () => {
  test('entered by lxc-attach', async () => {
    await run('lxc-create -n c1 -t busybox -- --busybox-path=/bin/busybox > /dev/null 2>&1');
    expect((await run('lxc-start -n c1')).status).toBe(0);
    await run('lxc-attach -n c1 -- /bin/sh');
    expect((await run('hostname')).output).toBe('c1');
    await behavesAsShell();
    expect(await run('exit 5')).toMatchObject({ status: 5 });
  });

  test('entered by crun exec, whose shell has its own prompt', async () => {
    await run(small);
    await run('mkdir /tmp/bundle; ln -s /tmp/root /tmp/bundle/rootfs; cd /tmp/bundle; crun spec');
    await run(
      `sed -i 's/"terminal": true/"terminal": false/; s|"sh"|"/bin/sleep", "1000"|' config.json`,
    );
    expect((await run('crun run --detach box')).status).toBe(0);
    expect((await run('crun exec --tty box /bin/sh')).status).toBeUndefined();
    await behavesAsShell(true);
    expect(await run('sleep 1; echo slept')).toMatchObject({
      output: expect.stringMatching(/^slept\n/) as string,
    });
    expect(await run('exit 5')).toEqual({ output: '', status: 5 });
    expect(await run('echo back')).toEqual({ output: 'back', status: 0 });
  });
});

describe('a program that reads from the terminal', () => {
  test('gets the next lines, and its output is passed on', async () => {
    expect(await run('cat')).toEqual({ output: '', status: undefined });
    expect(await run('one')).toEqual({ output: 'one', status: undefined });
    expect(await run('\u0004')).toMatchObject({ status: 0 });
  });

  test('is recognized under strace and in a new namespace', async () => {
    const reader = `unshare --pid --fork sh -c 'sleep 0.3; read line; echo got $line'`;
    expect(await run(reader)).toEqual({ output: '', status: undefined });
    expect(await run('it')).toEqual({ output: 'got it', status: 0 });
  });

  test.each([
    ['less /etc/passwd', 'q'],
    ['man unshare', 'q'],
    ['vi /tmp/new', ':q!'],
    ['bc', 'quit'],
    ['socat - EXEC:cat', '\u0004'],
  ])('%s waits, however it does so', async (command, end) => {
    expect((await run(command)).status).toBeUndefined();
    expect((await run(end)).status).toBe(0);
    expect(await run('echo back')).toEqual({ output: 'back', status: 0 });
  });

  test.each([
    ['top', 'top'],
    ['read -t 100 line', 'bash'],
    ['bash -c "read -t 100 line"', 'bash'],
  ])('%s listens, and the step goes on', async (command, name) => {
    const interrupt = new AbortController();
    const programs: string[] = [];
    const onListens = (program: string) => {
      programs.push(program);
      interrupt.abort();
    };
    const hooks = { onListens, interrupt: interrupt.signal };
    const { status } = await machine.run({ session: 'host', command }, hooks);
    expect(programs).toEqual([name]);
    expect(status).toBeDefined();
  });

  test.each(['sleep 1', 'timeout 1 tail -f /etc/passwd', 'sleep 1 | cat'])(
    '%s neither waits nor listens',
    async (command) => {
      const programs: string[] = [];
      const onListens = (program: string) => programs.push(program);
      const { status } = await machine.run({ session: 'host', command }, { onListens });
      expect(status).toBeDefined();
      expect(programs).toEqual([]);
    },
  );

  test('does not count as reading while a job in the background polls the terminal', async () => {
    await run('busybox nc -l -p 99 & sleep 0.3');
    expect(await run('sleep 0.5 & wait $!; echo late')).toMatchObject({
      output: expect.stringContaining('late') as string,
      status: 0,
    });
  });

  test('does not count as reading while it computes or sleeps', async () => {
    expect(await run('sleep 1; read -t 1 line; echo late')).toEqual({ output: 'late', status: 0 });
  });
});

test('a busy machine gives the same results', async () => {
  await run('for i in 1 2 3 4; do while :; do :; done & done');
  for (let i = 0; i < 20; i++) {
    expect(await run(`sleep 0.05; echo ${i}`)).toEqual({ output: String(i), status: 0 });
  }
  await run('dash');
  for (let i = 0; i < 20; i++) {
    expect(await run(`sleep 0.05; echo ${i}`)).toEqual({ output: String(i), status: 0 });
  }
});
