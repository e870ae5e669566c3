/** The running kernel matches guest/kernel/config and docs/kernel-options.md. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';
import { machineFolder } from '../../src/paths.ts';
import { image } from '../images/course/image.ts';

const config = await readFile('guest/kernel/config', 'utf8');
const doc = await readFile('docs/kernel-options.md', 'utf8');
const rows = [...doc.matchAll(/^\| (.*?) +\| (.*?) +\| `(.*)` +\|$/gm)].map(
  ([, group = '', users = '', command = '']) => ({ group, users, command }),
);

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = (command: string) => runWithOutput(machine, { session: 'host', command });

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

test('each option is as in the recipe', async () => {
  const { output } = await run('modprobe configs; zcat /proc/config.gz');
  const running = new Set(output.split('\n'));
  const wanted = config.split('\n').filter((line) => /^(CONFIG_|# CONFIG_)/.test(line));
  expect(wanted.length).toBeGreaterThan(150);
  const isOff = (line: string) =>
    ![...running].some((other) => other.startsWith(`${line.split(' ')[1]}=`));
  expect(wanted.filter((l) => (l.startsWith('#') ? !isOff(l) : !running.has(l)))).toEqual([]);
});

test('the configuration records no version of Rust, LLVM for Rust or pahole', async () => {
  const { output } = await run('grep -E "^CONFIG_(RUSTC|RUSTC_LLVM|PAHOLE)_" /boot/config-*');
  expect(output.trim().split('\n')).toEqual([
    'CONFIG_RUSTC_VERSION=0',
    'CONFIG_RUSTC_LLVM_VERSION=0',
    'CONFIG_PAHOLE_VERSION=0',
  ]);
});

test('the map contains each group', () => {
  const groups = [...config.matchAll(/^# --- (.*)$/gm)].map(([, text = '']) =>
    text.replace(/[.:(].*/, '').trim(),
  );
  expect(rows.map(({ group }) => group)).toEqual(groups);
});

test.each(rows)('$group: $command', async ({ command }) => {
  expect(await run(command)).toMatchObject({ output: '', status: 0 });
});

test('a disk limit works, even right after a restore', async () => {
  const read = `dd if=/dev/${image.root.device} of=/dev/null bs=64k count=16 iflag=direct 2> /dev/null`;
  await run('mkdir /sys/fs/cgroup/slow; echo "8:0 rbps=524288" > /sys/fs/cgroup/slow/io.max');
  await run(`echo 'echo $$ > /sys/fs/cgroup/slow/cgroup.procs; ${read}' > /tmp/slow`);
  const seconds = 'begin=${EPOCHREALTIME/./}; sh /tmp/slow; echo $((${EPOCHREALTIME/./} - begin))';
  // 1 MiB at half a MiB per second.
  expect(Number((await run(seconds)).output)).toBeGreaterThan(1_500_000);
});

test('weights of disk time can be set', async () => {
  const { output } = await run(
    'echo "8:0 enable=1" > /sys/fs/cgroup/io.cost.qos; mkdir /sys/fs/cgroup/w; ' +
      'echo 300 > /sys/fs/cgroup/w/io.weight; cat /sys/fs/cgroup/w/io.weight',
  );
  expect(output).toBe('default 300\n');
});

test('the scratch disk can be written, and its cache can be reclaimed', async () => {
  const { output } = await run(
    'mkdir /sys/fs/cgroup/c; echo 8M > /sys/fs/cgroup/c/memory.max\n' +
      'mount /scratch; sh -c "echo 0 > /sys/fs/cgroup/c/cgroup.procs; dd if=/dev/zero of=/scratch/big bs=1M count=24 2> /dev/null"\n' +
      'stat -c %s /scratch/big; grep oom_kill\\  /sys/fs/cgroup/c/memory.events',
  );
  expect(output).toBe('25165824\noom_kill 0\n');
});

test('a memory hog outside every group is killed, and the machine continues', async () => {
  expect(await run('tail /dev/zero')).toMatchObject({ status: 137 });
  expect(await run('echo alive')).toMatchObject({ output: 'alive\n' });
  expect((await run('cat /proc/self/cgroup')).output).toBe('0::/\n');
});
