/** The root file system, made from the layers of the disk. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';
import { machineFolder } from '../../src/paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = (command: string) => runWithOutput(machine, { session: 'host', command });

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

const places = ['/', '/root', '/home', '/home/reader', '/mnt', '/opt', '/srv', '/tmp', '/var/lib'];

test.each([...places, '/scratch'])(
  'an overlay can have its upper directory in %s',
  async (folder) => {
    const { output, status } = await run(
      `set -e; ${folder === '/scratch' ? 'mount /scratch; ' : ''}mkdir -p ${folder}/o/lower ${folder}/o/upper ${folder}/o/work ${folder}/o/merged\n` +
        `(cd ${folder}/o && echo low > lower/file\n` +
        'mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged\n' +
        `echo high > merged/file; cat upper/file; umount merged); rm -r ${folder}/o; set +e`,
    );
    expect({ output, status }).toEqual({ output: 'high\n', status: 0 });
  },
);

test('the whole root can be written, including the programs', async () => {
  const command =
    'for d in / /usr/bin /usr/lib /etc /var/lib; do echo x > $d/new && cat $d/new && rm $d/new; done';
  expect(await run(command)).toMatchObject({ output: 'x\n'.repeat(5), status: 0 });
});

test('files of all layers keep their owners, modes and times', async () => {
  const { output } = await run(
    'stat -c "%n %a %U %Y" /etc/passwd /etc/services /home/reader /root /usr/bin/ip /usr/bin/bash /etc/mtab',
  );
  expect(output.split('\n')).toEqual([
    '/etc/passwd 644 root 0',
    '/etc/services 644 root 0',
    '/home/reader 755 reader 0',
    '/root 700 root 0',
    '/usr/bin/ip 755 root 0',
    '/usr/bin/bash 755 root 0',
    '/etc/mtab 777 root 0',
    '',
  ]);
});

test('the shell’s history contains only the reader’s commands', async () => {
  expect(await run('ls -A /root; history | wc -l')).toMatchObject({ output: '1\n', status: 0 });
});

test('a program keeps its permission to map users', async () => {
  expect((await run('stat -c %a /usr/bin/newuidmap')).output).toBe('4755\n');
});

test('opening a device loads the module that it needs', async () => {
  expect(await run('lsmod | grep -c loop; losetup --find; lsmod | grep -c ^loop')).toMatchObject({
    output: '0\n/dev/loop0\n1\n',
  });
});

/** Runs a command in a new group with this memory limit. */
const inGroup = (limit: string, command: string) =>
  `mkdir /sys/fs/cgroup/g; echo ${limit} > /sys/fs/cgroup/g/memory.max\n` +
  `(echo $BASHPID > /sys/fs/cgroup/g/cgroup.procs; exec ${command}); grep -w oom_kill /sys/fs/cgroup/g/memory.events`;

test('a program is killed when its memory leaves no room for its code', async () => {
  const { output } = await run(inGroup('16M', 'tail /dev/zero'));
  expect(output).toBe('Killed\noom_kill 1\n');
});

test('a program that only reads large files is not killed', async () => {
  await run('mount /scratch; head -c 40M /dev/zero > /scratch/large');
  const { output } = await run(inGroup('2M', 'wc -c /scratch/large'));
  expect(output).toBe('41943040 /scratch/large\noom_kill 0\n');
});
