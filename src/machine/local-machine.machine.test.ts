/** The real machine, from its snapshot, in Node. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StepError, StepInterrupted } from './errors.ts';
import { LocalMachine } from './local-machine.ts';
import type { RunHooks } from './machine.ts';
import { readImage } from './image/read-image.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';
import { machineFolder } from '../paths.ts';

const effects = nodeEffects(machineFolder);
const machine = new LocalMachine(effects);
const run = (command: string, hooks?: RunHooks, session = 'host') =>
  runWithOutput(machine, { session, command }, hooks);
const outputOf = async (command: string, session = 'host'): Promise<string> =>
  (await run(command, {}, session)).output.trim();

beforeAll(() => machine.start());
beforeEach(async () => {
  await machine.start();
  await machine.reset();
});
afterAll(() => machine.dispose());

describe('a step', () => {
  test('returns output and status', async () => {
    expect(await run('echo one; echo two >&2; (exit 7)')).toEqual({
      output: 'one\ntwo\n',
      status: 7,
      ended: false,
      truncated: false,
    });
  });

  test('runs on the kernel of the image', async () => {
    const { version } = await readImage(effects);
    expect(await outputOf('uname -r')).toBe(version);
  });

  test('can have several lines, and heredocs', async () => {
    expect(await outputOf('for i in 1 2\ndo\necho $i\ndone')).toBe('1\n2');
    expect(await outputOf('cat <<END\na\n\nb\nEND')).toBe('a\n\nb');
  });

  test('that is incomplete is rejected, and the next one runs', async () => {
    const failed = await run('echo "open').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(StepError);
    expect(failed).toHaveProperty('message', expect.stringContaining('Close its quotes'));
    expect(await outputOf('echo closed')).toBe('closed');
  });

  test('with a line too long for a terminal is rejected', async () => {
    await expect(run(`: ${'x'.repeat(4096)}`)).rejects.toThrow('longer than 4095 bytes');
    expect(await outputOf(`: ${'x'.repeat(4000)}; echo ok`)).toBe('ok');
  });

  test('without output also ends', async () => {
    expect(await run('true')).toMatchObject({ output: '', status: 0 });
    expect(await run('')).toMatchObject({ output: '', status: 0 });
  });

  test('may print what looks like a prompt or a mark', async () => {
    expect(await outputOf(String.raw`printf 'root@machine:~$ \n\033]course;'; echo end`)).toBe(
      'root@machine:~$ \n\u001b]course;end',
    );
  });

  test('loses no output up to the limit', async () => {
    const { output, truncated } = await run('seq 100000');
    expect(truncated).toBe(false);
    expect(output).toBe(Array.from({ length: 100_000 }, (_, i) => `${i + 1}\n`).join(''));
    expect((await run('seq 400000')).truncated).toBe(true);
  });

  test('reports output while it runs', async () => {
    const parts: string[] = [];
    let first: () => void = () => {};
    const seen = new Promise<void>((resolve) => (first = resolve));
    const running = run('echo before; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo after', {
      onOutput: (text) => {
        parts.push(text);
        first();
      },
    });
    await seen;
    expect(parts.join('')).toBe('before\n');
    // A handler is needed now, since the reset below rejects the step.
    const ended = expect(running).rejects.toThrow('The machine was reset.');
    await machine.reset();
    await ended;
  });
});

describe('a session', () => {
  test('keeps its state between steps, separate from other sessions', async () => {
    await run('cd /proc; secret=1');
    expect(await outputOf('pwd; echo $secret')).toBe('/proc\n1');
    expect(await outputOf('pwd; echo $secret', 'second')).toBe('/root');
    expect(await outputOf('tty')).not.toBe(await outputOf('tty', 'second'));
  });

  test('follows nested shells in and out', async () => {
    await run('unshare --pid --fork --mount-proc bash');
    expect(await outputOf('echo $$')).toBe('1');
    await run('bash');
    expect(await outputOf('echo $PPID')).toBe('1');
    expect(await run('exit 4')).toMatchObject({ output: 'exit\n', status: 4 });
    expect(await run('(exit 5)')).toMatchObject({ status: 5 });
    expect(await run('exit 6')).toMatchObject({ status: 6 });
    expect(await outputOf('[ $$ -gt 1 ] && echo outside')).toBe('outside');
  });

  test('whose shell ends gets a new one', async () => {
    expect(await run('exit 3')).toMatchObject({ status: 3, ended: true });
    expect(await outputOf('echo again')).toBe('again');
  });

  test('has a terminal of 80 columns and 24 rows', async () => {
    expect(await outputOf('stty size')).toBe('24 80');
  });
});

describe('an early end', () => {
  test('a signal stops a step, and the session goes on', async () => {
    const stop = new AbortController();
    await run('kept=1');
    // In its own shell: a bash that is interrupted between two commands may start the second.
    const running = run("sh -c 'echo started; sleep 1000'", {
      signal: stop.signal,
      onOutput: () => stop.abort(),
    });
    await expect(running).rejects.toThrow(StepInterrupted);
    expect(await outputOf('echo $kept')).toBe('1');
  });

  test('an already aborted signal stops a step before it begins', async () => {
    const step = run('touch /tmp/begun', { signal: AbortSignal.abort() });
    await expect(step).rejects.toThrow(StepInterrupted);
    expect(await outputOf('ls /tmp/begun 2>/dev/null')).toBe('');
  });

  test('a lost Ctrl-C is pressed again', async () => {
    const stop = new AbortController();
    await run('kept=1');
    // As if the shell was just handing the terminal over: only the second one ends it.
    const once = `sh -c 'trap "trap - INT" INT; echo started; while :; do sleep 0.1; done'`;
    const running = run(once, { signal: stop.signal, onOutput: () => stop.abort() });
    await expect(running).rejects.toThrow(StepInterrupted);
    expect(await outputOf('echo $kept')).toBe('1');
  });

  test('a program that ignores Ctrl-C is killed, with its session and nothing else', async () => {
    const stop = new AbortController();
    await run('kept=1; touch /tmp/kept');
    await run('kept=1', {}, 'second');
    const running = run("trap '' INT; echo started; sleep 1000", {
      signal: stop.signal,
      onOutput: () => stop.abort(),
    });
    await expect(running).rejects.toThrow(StepInterrupted);
    expect(await outputOf('echo ${kept:-gone}; ls /tmp/kept; pgrep -c sleep')).toBe(
      'gone\n/tmp/kept\n0',
    );
    expect(await outputOf('echo ${kept:-gone}', 'second')).toBe('1');
  });

  test('a step over its time limit rejects', async () => {
    const running = machine.run({ session: 'host', command: 'sleep 1000', timeout: 500 });
    await expect(running).rejects.toThrow('The step took longer than 0.5 s.');
    expect(await outputOf('echo ok')).toBe('ok');
  });
});

describe('a reset', () => {
  test('restores files and sessions', async () => {
    await run('rm -rf /usr /etc; mkdir /new; sleep 1000 &');
    await machine.reset();
    expect(await outputOf('ls -1d /usr /etc; ls /new; pgrep -c sleep')).toBe(
      "/etc\n/usr\nls: cannot access '/new': No such file or directory\n0",
    );
  });

  test('leaves the clock at its correct rate, more than once', async () => {
    for (let i = 0; i < 10; i++) {
      await machine.reset();
      const begun = performance.now();
      const [before = 0, after = 0] = (
        await outputOf('cut -d" " -f1 /proc/uptime; sleep 1; cut -d" " -f1 /proc/uptime')
      )
        .split('\n')
        .map(Number);
      const ours = (performance.now() - begun) / 1000;
      // An upper bound alone would pass with a stopped clock.
      expect(after - before).toBeGreaterThanOrEqual(1);
      expect(after - before).toBeLessThan(ours + 0.1);
      expect(ours).toBeLessThan(10);
    }
  });

  test('sets the time of day and adds new entropy', async () => {
    const randoms = new Set<string>();
    for (let i = 0; i < 3; i++) {
      await machine.reset();
      const seconds = Number(await outputOf('date +%s'));
      expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(5);
      randoms.add(await outputOf('head -c 16 /dev/urandom | md5sum'));
    }
    expect(randoms.size).toBe(3);
  });

  test('a pause stops the guest’s time', async () => {
    const before = Number(await outputOf('cut -d" " -f1 /proc/uptime'));
    await machine.pause();
    expect(machine.state.name).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await machine.resume();
    const after = Number(await outputOf('cut -d" " -f1 /proc/uptime'));
    expect(after - before).toBeLessThan(1.5);
  });

  test('after a pause the date is correct, or off by as much as the reader had set it', async () => {
    const isLate = async () => Date.now() / 1000 - Number(await outputOf('echo $EPOCHREALTIME'));
    const pause = async (): Promise<void> => {
      await machine.pause();
      await new Promise((resolve) => setTimeout(resolve, 4000));
      await machine.resume();
    };
    await pause();
    expect(Math.abs(await isLate())).toBeLessThan(2);
    await run('date -s @$((EPOCHSECONDS - 1000))');
    await pause();
    expect(Math.abs((await isLate()) - 1000)).toBeLessThan(2);
  });

  test('the guest does not notice a delay of the engine', async () => {
    const heldUp = 1000;
    const holdUp = (): unknown =>
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, heldUp);
    const lookAtTheTime = [
      'most=0 last=${EPOCHREALTIME/./} end=$((EPOCHSECONDS + 3)); echo begin',
      'while ((EPOCHSECONDS < end)); do now=${EPOCHREALTIME/./}',
      '((now - last > most)) && most=$((now - last)); last=$now',
      'done; echo $((most / 1000))',
    ].join('\n');
    const held: Promise<unknown>[] = [];
    const { output } = await run(lookAtTheTime, {
      onOutput: () => {
        if (!held.length)
          held.push(new Promise((resolve) => setTimeout(() => resolve(holdUp()), 200)));
      },
    });
    expect(await Promise.all(held)).toEqual(['timed-out']);
    const mostMilliseconds = Number(output.trim().split('\n').at(-1));
    expect(mostMilliseconds).toBeGreaterThan(0);
    expect(mostMilliseconds).toBeLessThan(heldUp / 2);
  });
});

test('two resets during a step both succeed', async () => {
  const step = expect(run('sleep 100')).rejects.toThrow('The machine was reset.');
  await Promise.all([machine.reset(), machine.reset()]);
  await step;
  expect(await outputOf('echo clean')).toBe('clean');
});
