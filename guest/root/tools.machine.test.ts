/** Commands behave here as on Debian: programs, manual pages, modules, and the messages for missing programs. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';
import { machineFolder } from '../../src/paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = async (command: string) => {
  const { output, status } = await runWithOutput(machine, { session: 'host', command });
  return { output: output.trimEnd(), status };
};

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

/** Commands of manual pages and tutorials, and the output of Debian's packages; see coreutils(1) and others. */
const typed: [command: string, output: string | RegExp, status?: number][] = [
  ['head -c 15M /dev/zero | wc -c', '15728640'],
  ['head -c 3K /dev/zero | tail -c 1K | wc -c', '1024'],
  ['ls --time-style=+ -Gg -d /etc/passwd', /^-rw-r--r-- 1 \d+ {2}\/etc\/passwd$/],
  ['ls /nowhere', "ls: cannot access '/nowhere': No such file or directory", 2],
  ['readlink /bin /sbin', 'usr/bin\nusr/sbin'],
  ['stat -fc %T /sys/fs/cgroup', 'cgroup2fs'],
  ["date -u -d '2020-02-28 + 1 day' +%F", '2020-02-29'],
  ["printf '2K\\n1M\\n1K\\n' | sort -h | xargs", '1K 2K 1M'],
  ['numfmt --to=iec 2048', '2.0K'],
  ['file --brief /etc/passwd', 'ASCII text'],
  ['tree -L 1 --noreport /var', /^\/var\n.*cache\n/s],
  ["printf 'a b\\ncc d\\n' | column -t", 'a   b\ncc  d'],
  ['getent passwd reader', /^reader:x:1000:/],
  ['cp /usr/bin/cat /tmp/c; setcap cap_net_raw+ep /tmp/c; getcap /tmp/c', '/tmp/c cap_net_raw=ep'],
  ['sudo id -u; sudo -u reader id -un', '0\nreader'],
  ['su reader -c "sudo id -u"', '0'],
  ['jq -c .a <<< \'{"a":[1]}\'', /\[/],
  ['useradd --create-home alice && su alice -c "id -un; cd; pwd"', 'alice\n/home/alice'],
  ['grep -oP "(?<=PRETTY_NAME=\\").*?(?= )" /etc/os-release', 'One'],
  ['find /etc -maxdepth 1 -name "host*" -printf "%f\\n" | sort', 'host.conf\nhostname\nhosts'],
  ['diff <(echo a) <(echo b)', '1c1\n< a\n---\n> b', 1],
  ['pidof -x init || pidof /init', '1'],
  ['echo ä | wc -m', '2'],
  ['mount /scratch && df --output=fstype /scratch | tail -n 1', 'ext4'],
  [
    'mkdir /lower /upper /work /merged; touch /lower/a; mount -t overlay overlay -o lowerdir=/lower,upperdir=/upper,workdir=/work /merged && ls /merged',
    'a',
  ],
  ['grep CONFIG_PID_NS= /boot/config-$(uname -r)', 'CONFIG_PID_NS=y'],
  ['lxc-checkconfig | grep "^User namespace"', 'User namespace: enabled'],
  ['burn 2 1', /^\d+ rounds$/],
  ['/usr/share/course/hello-amd64', /cannot execute binary file: Exec format error/, 126],
];

test.each(typed)('%s', async (command, output, status = 0) => {
  const result = await run(command);
  expect(result).toEqual({ output: expect.stringMatching(output) as string, status });
  if (typeof output === 'string') expect(result.output).toBe(output);
});

test('a bundle is ready to run', async () => {
  await run('crun run --bundle /usr/share/course/bundle box < /dev/null');
  expect(await run('echo hostname | crun run --bundle /usr/share/course/bundle box')).toEqual({
    output: 'crun',
    status: 0,
  });
});

describe('a manual page', () => {
  test.each([
    'unshare',
    '7 cgroups',
    'lxc.container.conf',
    '2 clone',
    '5 proc',
    'ls',
    'bash',
    '8 ip',
  ])('man %s', async (page) => {
    const { output, status } = await run(`man ${page} | sed -n 1p`);
    const name = page.replace(/^\d /, '').toUpperCase();
    expect(output.toUpperCase()).toContain(`${name}(`);
    expect(status).toBe(0);
  });

  test('that does not exist is an error', async () => {
    const { output, status } = await run('man nosuchpage');
    expect(output).toBe('No manual entry for nosuchpage');
    expect(status).not.toBe(0);
  });

  test('is found by its title', async () => {
    expect((await run('apropos "cgroup namespaces"')).output).toContain('cgroup_namespaces (7)');
  });
});

describe('a module of the kernel', () => {
  test('is loaded when it is used', async () => {
    expect((await run('lsmod')).output.split('\n')).toHaveLength(1);
    expect((await run('ip link add v0 type veth peer name v1; lsmod')).output).toMatch(/^veth /m);
    expect((await run('modprobe -r veth; lsmod')).output).not.toMatch(/^veth /m);
  });

  test.each(['dummy', 'ifb', 'bonding', 'wireguard'])('%s makes no device', async (name) => {
    expect(await run(`modprobe ${name} && ls /sys/class/net | xargs`)).toEqual({
      output: expect.stringMatching(/^(?:bonding_masters )?lo$/) as string,
      status: 0,
    });
  });

  test('has dependencies that modinfo prints', async () => {
    expect((await run('modinfo -F depends bridge')).output.split(',').sort()).toEqual([
      'ipv6',
      'llc',
      'stp',
    ]);
  });
});

test('a cell that calls a missing program gets only the shell’s message', async () => {
  expect(await run('apt update')).toEqual({ output: 'bash: apt: command not found', status: 127 });
});
